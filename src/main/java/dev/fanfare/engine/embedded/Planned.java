package dev.fanfare.engine.embedded;

import java.util.Optional;

import dev.fanfare.broker.Stored;
import dev.fanfare.topic.Position;
import dev.fanfare.topic.Publication;

/** Hold what becomes of one draft when its append is stored. */
sealed interface Planned {

	/** Answer whoever wants it published. */
	Stored stored();

	/** Become part of the topic, and return what is to be announced. */
	Optional<Publication> commit();

	/** Be as if it had never been planned; the last that was planned goes first. */
	void undo();

	/** Become a publication. */
	record New(TopicLog log, Publication publication, Head before, Head after) implements Planned {

		@Override
		public Stored stored() {
			return new Stored(this.publication.position(), false);
		}

		@Override
		public Optional<Publication> commit() {
			this.log.commit(this.publication, this.after);
			return Optional.of(this.publication);
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
		public Optional<Publication> commit() {
			// It was announced when it was stored.
			return Optional.empty();
		}

		@Override
		public void undo() {
			// Nothing was done.
		}

	}

}
