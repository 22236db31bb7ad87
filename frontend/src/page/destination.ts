/** Where a name typed by the user leads: a topic, unless it is written as a whole destination. */
export function destinationOf(name: string): string {
  return name.startsWith('/') ? name : `/topic/${name}`;
}

/** The topic's name without its prefix, as the HTTP interface wants it. */
export function topicOf(destination: string): string {
  return destination.replace(/^\/topic\//, '');
}
