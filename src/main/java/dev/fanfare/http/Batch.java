package dev.fanfare.http;

import java.util.ArrayList;
import java.util.List;

import dev.fanfare.topic.Draft;
import dev.fanfare.topic.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/** Read a batch of publications: a JSON array of {@link BatchItem}s. */
@Component
class Batch {

	private final ObjectReader reader;

	private final int maxItems;

	Batch(JsonMapper mapper, HttpProperties properties) {
		this.reader = mapper.readerFor(new TypeReference<List<BatchItem>>() {
		}).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
		this.maxItems = properties.maxBatch();
	}

	/**
	 * Read the drafts.
	 * @throws Refusal if one of them is wrong; the message says which and how
	 */
	List<Draft> read(byte[] json) {
		List<BatchItem> items = items(json);
		if (items.isEmpty() || items.size() > this.maxItems) {
			throw new InvalidRequest("invalid-batch",
					"The batch has %d publications; it must have 1 to %d (fanfare.http.max-batch)."
						.formatted(items.size(), this.maxItems));
		}
		List<Draft> drafts = new ArrayList<>(items.size());
		for (BatchItem item : items) {
			drafts.add(draft(item, drafts.size()));
		}
		return drafts;
	}

	private List<BatchItem> items(byte[] json) {
		try {
			return this.reader.readValue(json);
		}
		catch (JacksonException ex) {
			TokenStreamLocation at = ex.getLocation();
			throw new InvalidRequest("invalid-json",
					"Not a JSON array of publications: %s (line %d, column %d).".formatted(ex.getOriginalMessage(),
							(at != null) ? at.getLineNr() : 1, (at != null) ? at.getColumnNr() : 1));
		}
	}

	private static Draft draft(BatchItem item, int index) {
		try {
			if (item == null) {
				throw new InvalidRequest("invalid-batch", "It is null.");
			}
			return item.draft();
		}
		catch (Refusal ex) {
			throw new InvalidRequest(ex.type(),
					"Publication %d of the batch: %s".formatted(index + 1, ex.getMessage()));
		}
	}

}
