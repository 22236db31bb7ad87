/**
 * Holds the words that every other package shares: topics, drafts, publications and
 * positions.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.fanfare.topic;

import org.jspecify.annotations.NullMarked;

import org.springframework.modulith.ApplicationModule;
