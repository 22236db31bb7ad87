package dev.fanfare.engine.embedded;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tell an operator why the log cannot be opened, in place of a stack trace. */
class DataFolderAnalyzer extends AbstractFailureAnalyzer<DataFolderUnusable> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DataFolderUnusable cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.help(), cause);
	}

}
