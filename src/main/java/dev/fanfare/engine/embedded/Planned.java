package dev.fanfare.engine.embedded;

import java.util.function.Consumer;

import dev.fanfare.broker.Stored;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;

/** Hold what becomes of one draft when its append is stored. */
sealed interface Planned {

	/** Answer whoever wants it published. */
	Stored stored();

	/** Become part of the topic, and be announced. */
	void commit(Consumer<Publication> announce);

	/** Be as if it had never been planned; the last that was planned goes first. */
	void undo();

	/** Become a publication. */
	record New(TopicLog log, Publication publication, Head before, Head after) implements Planned {

		@Override
		public Stored stored() {
			return new Stored(this.publication.position(), false);
		}

		@Override
		public void commit(Consumer<Publication> announce) {
			this.log.commit(this.publication, this.after);
			announce.accept(this.publication);
		}

		@Override
		public void undo() {
			this.log.undo(this.publication, this.before);
		}

	}

	/** Be there already. */
	record Known(Position position) implements Planned {

		@Override
		public Stored stored() {
			return new Stored(this.position, true);
		}

		@Override
		public void commit(Consumer<Publication> announce) {
			// It was announced when it was stored.
		}

		@Override
		public void undo() {
			// Nothing was done.
		}

	}

}
