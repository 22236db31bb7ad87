package dev.fanfare.access;

/** Tell that an operator wants the clients of this node to move to another one. */
public record DrainAsked() {
}
