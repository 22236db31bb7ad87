package dev.fanfare.demo.vote;

import java.util.List;
import java.util.concurrent.Semaphore;

import dev.fanfare.access.AccessRules;
import dev.fanfare.access.Caller;
import dev.fanfare.demo.Visitor;
import dev.fanfare.topic.ErrorType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Hand out how a poll stands as a table, to who may see it. */
@RestController
@Tag(name = "Vote")
class VoteController {

	private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

	/** Lists of votes that may be written at once; each may take many megabytes. */
	private static final int LISTS = 2;

	private final Semaphore lists = new Semaphore(LISTS);

	private final Polls polls;

	private final AccessRules access;

	VoteController(Polls polls, AccessRules access) {
		this.polls = polls;
		this.access = access;
	}

	@GetMapping("/vote/{poll}/results.csv")
	@Operation(summary = "Count the votes of a poll, option by option",
			description = "While it is open, for whom it shows its counts.")
	ResponseEntity<byte[]> results(@PathVariable String poll,
			@RequestHeader(name = Visitor.HEADER, required = false) @Nullable String visitor,
			@Parameter(hidden = true) HttpServletRequest request) {
		Caller caller = caller(request);
		LivePoll found = find(poll, caller);
		return csv("results-" + poll, found.box().read((count) -> {
			Entry.Opened opened = count.opened().orElseThrow();
			if (!isShown(opened.poll(), count, caller, visitor)) {
				throw VoteRefusal.hidden(opened.poll().id(), opened.poll().shown());
			}
			return Export.results(opened.poll(), count);
		}));
	}

	@GetMapping("/vote/{poll}/votes.csv")
	@Operation(summary = "List the votes of a poll that is closed, without who cast them",
			description = "For who has opened it.")
	ResponseEntity<byte[]> votes(@PathVariable String poll,
			@RequestHeader(name = Visitor.HEADER, required = false) @Nullable String visitor,
			@Parameter(hidden = true) HttpServletRequest request) {
		Caller caller = caller(request);
		LivePoll found = find(poll, caller);
		Visitor asking = Visitor.of(caller, visitor);
		Poll closed = found.box().read((count) -> requireItsList(count, asking));
		if (!this.lists.tryAcquire()) {
			throw new ListsBusy(LISTS);
		}
		try {
			// Written from a copy, so that nobody waits for it who wants to vote or look.
			List<Vote> votes = found.box().read((count) -> List.copyOf(count.votes()));
			return csv("votes-" + poll, Export.votes(closed, votes));
		}
		finally {
			this.lists.release();
		}
	}

	private static Poll requireItsList(Count count, Visitor asking) {
		Entry.Opened opened = count.opened().orElseThrow();
		if (!opened.creator().equals(asking.id())) {
			throw VoteRefusal.notItsCreator(opened.poll().id(), "have the list of its votes");
		}
		if (!count.isClosed()) {
			throw VoteRefusal.hidden(opened.poll().id(), Shown.AFTER_CLOSE);
		}
		return opened.poll();
	}

	private Caller caller(HttpServletRequest request) {
		Caller caller = Caller.of(request.getUserPrincipal());
		this.access.requireEntry(caller);
		return caller;
	}

	private LivePoll find(String poll, Caller caller) {
		LivePoll found = this.polls.find(poll).orElseThrow(() -> VoteRefusal.unknownPoll(ErrorType.UNKNOWN_PATH, poll));
		this.access.requireSubscribe(caller, found.box().id().board());
		this.access.requireHistory(caller, found.box().id().board());
		return found;
	}

	private static boolean isShown(Poll poll, Count count, Caller caller, @Nullable String visitor) {
		return count.isClosed() || switch (poll.shown()) {
			case ALWAYS -> true;
			case AFTER_VOTING -> count.vote(Visitor.of(caller, visitor).id()).isPresent();
			case AFTER_CLOSE -> false;
		};
	}

	private static ResponseEntity<byte[]> csv(String name, byte[] table) {
		return ResponseEntity.ok()
			.contentType(CSV)
			.header(HttpHeaders.CONTENT_DISPOSITION,
					ContentDisposition.attachment().filename(name + ".csv").build().toString())
			.cacheControl(CacheControl.noStore())
			.body(table);
	}

}
