package dev.fanfare.http;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Configure publishing and reading by HTTP.
 *
 * @param patience how long a request waits for room while readers are behind, before it
 * is answered 503; more than it takes until a stuck reader is no longer waited for
 * @param bodyTimeout how long a body may take to come
 * @param maxBatch how many publications a batch may have
 * @param maxBatchBytes bytes that a batch may have as JSON
 * @param maxPage how many publications or topics one answer may have
 */
@ConfigurationProperties("fanfare.http")
record HttpProperties(@DefaultValue("3s") Duration patience, @DefaultValue("30s") Duration bodyTimeout,
		@DefaultValue("1000") int maxBatch, @DefaultValue("1MB") DataSize maxBatchBytes,
		@DefaultValue("1000") int maxPage) {

	HttpProperties {
		Assert.isTrue(!patience.isNegative(),
				() -> "fanfare.http.patience is %s: it must be 0 or more".formatted(patience));
		Assert.isTrue(bodyTimeout.isPositive(),
				() -> "fanfare.http.body-timeout is %s: it must be more than 0".formatted(bodyTimeout));
		Assert.isTrue(maxBatch > 0, () -> "fanfare.http.max-batch is %d: it must be 1 or more".formatted(maxBatch));
		Assert.isTrue(maxPage > 0 && maxPage <= 10_000,
				() -> "fanfare.http.max-page is %d: it must be between 1 and 10000".formatted(maxPage));
		Assert.isTrue(maxBatchBytes.toBytes() > 0 && maxBatchBytes.toMegabytes() <= 256,
				() -> "fanfare.http.max-batch-bytes is %s: it must be between 1B and 256MB".formatted(maxBatchBytes));
	}

}
