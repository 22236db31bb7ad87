package dev.fanfare.http;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Answer how many sessions of a user something was done to.
 *
 * @param user whose
 * @param sessions how many
 */
@Schema(name = "Reached")
record Reached(@Schema(example = "ann") String user, @Schema(example = "2") int sessions) {
}
