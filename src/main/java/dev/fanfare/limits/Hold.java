package dev.fanfare.limits;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** Keep something that was counted until it is let go of; once, however often that is. */
public final class Hold implements AutoCloseable {

	/** Hold nothing. */
	public static final Hold NOTHING = new Hold(null);

	private final AtomicReference<@Nullable Runnable> release;

	Hold(@Nullable Runnable release) {
		this.release = new AtomicReference<>(release);
	}

	/** Hold both as one. */
	Hold and(Hold other) {
		return new Hold(() -> {
			close();
			other.close();
		});
	}

	@Override
	public void close() {
		Runnable releasing = this.release.getAndSet(null);
		if (releasing != null) {
			releasing.run();
		}
	}

}
