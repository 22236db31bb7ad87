package dev.fanfare.topic;

/**
 * State why something that was asked of Fanfare is not done.
 * <p>
 * Every edge tells its client the same stable {@link #type() type} and the message, which
 * names the value that was wrong and what would be right. Whoever meets a refusal can
 * rely on nothing of the request having been done.
 */
public abstract class Refusal extends RuntimeException {

	private final ErrorType type;

	protected Refusal(ErrorType type, String message) {
		// Refusals are answers, not faults: no stack is read, so none is recorded.
		super(message, null, false, false);
		this.type = type;
	}

	/** Return the kind of refusal. */
	public ErrorType type() {
		return this.type;
	}

	@Override
	public String getMessage() {
		String message = super.getMessage();
		return (message != null) ? message : this.type.word();
	}

}
