/** Who listens to which topic. */
export class Topics {
  #sockets = new Map();

  join(topic, socket) {
    const sockets = this.#sockets.get(topic) ?? new Set();
    this.#sockets.set(topic, sockets.add(socket));
    socket.on('close', () => sockets.delete(socket) && sockets.size === 0 && this.#sockets.delete(topic));
  }

  publish(topic, text) {
    for (const socket of this.#sockets.get(topic) ?? []) {
      socket.send(text);
    }
  }
}

/** `/topics/NAME` subscribes, and publishes what is sent; `/publish/NAME` only publishes. */
export function parse(url) {
  const [, verb, topic] = url.split('/');
  return { subscribes: verb === 'topics', topic };
}
