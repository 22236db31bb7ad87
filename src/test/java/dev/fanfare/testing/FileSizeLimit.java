package dev.fanfare.testing;

import java.io.IOException;

/**
 * Have each write of a process fail that would make a file larger than so many bytes: a
 * disk that is full, without filling one.
 */
public final class FileSizeLimit implements AutoCloseable {

	private final long pid;

	private FileSizeLimit(long pid) {
		this.pid = pid;
	}

	/** Set the limit until this is closed. */
	public static FileSizeLimit set(ServerProcess server, long bytes) {
		FileSizeLimit limit = new FileSizeLimit(server.pid());
		limit.apply(Long.toString(bytes));
		return limit;
	}

	@Override
	public void close() {
		apply("unlimited");
	}

	/** The soft limit alone, so that it can be lifted by the same user. */
	private void apply(String soft) {
		try {
			Process prlimit = new ProcessBuilder("prlimit", "--pid", Long.toString(this.pid), "--fsize=" + soft + ":")
				.redirectErrorStream(true)
				.start();
			String said = new String(prlimit.getInputStream().readAllBytes());
			if (prlimit.waitFor() != 0) {
				throw new IllegalStateException("prlimit: " + said);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("prlimit, of util-linux, is needed", ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
