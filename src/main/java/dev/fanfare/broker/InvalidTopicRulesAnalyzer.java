package dev.fanfare.broker;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tell an operator what is wrong with the topics' rules, in place of a stack trace. */
class InvalidTopicRulesAnalyzer extends AbstractFailureAnalyzer<InvalidTopicRules> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidTopicRules cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Correct that line; application.yml as it comes with Fanfare says what each setting means.", cause);
	}

}
