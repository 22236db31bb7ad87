/** The STOMP client this server was tested with, for pages that have no build step of their own. */
export * from '@stomp/stompjs';
