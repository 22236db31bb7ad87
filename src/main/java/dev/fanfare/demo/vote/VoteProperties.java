package dev.fanfare.demo.vote;

import java.time.Duration;

import dev.fanfare.topic.Rate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Configure the votes.
 *
 * @param maxPolls how many polls there may be, closed ones among them, of which the
 * oldest is let go for a new one; 0 for none
 * @param longest how long a poll may be open
 * @param pace how often at most all are told how a poll stands
 * @param opens how often one visitor may open a poll
 * @param allOpens how often all together may
 * @param casts how often one visitor may vote or change a vote
 * @param votesInMemory of how many votes the counts are kept at hand
 */
@ConfigurationProperties("fanfare.demo.vote")
record VoteProperties(@DefaultValue("1000") int maxPolls, @DefaultValue("7d") Duration longest,
		@DefaultValue("250ms") Duration pace, @DefaultValue("6/m burst 10") Rate opens,
		@DefaultValue("60/m") Rate allOpens, @DefaultValue("30/m burst 20") Rate casts,
		@DefaultValue("200000") int votesInMemory) {

	VoteProperties {
		Assert.isTrue(maxPolls >= 0,
				() -> "fanfare.demo.vote.max-polls is %d: it must be 0 or more".formatted(maxPolls));
		Assert.isTrue(longest.compareTo(Duration.ofMinutes(1)) >= 0 && longest.compareTo(Duration.ofDays(365)) <= 0,
				() -> "fanfare.demo.vote.longest is %s: it must be between 1m and 365d".formatted(longest));
		Assert.isTrue(pace.toMillis() >= 10 && pace.compareTo(Duration.ofMinutes(1)) <= 0,
				() -> "fanfare.demo.vote.pace is %s: it must be between 10ms and 1m".formatted(pace));
		Assert.isTrue(votesInMemory > 0,
				() -> "fanfare.demo.vote.votes-in-memory is %d: it must be 1 or more".formatted(votesInMemory));
	}

}
