/** What to type into a shell to reach this page. */
export function commands(base: string, topic: string, session: string): string {
  const post = (path: string, more = '') =>
    `curl ${more}-H 'Content-Type: text/plain' -d 'Hello' ${quoted(new URL(path, base).href)}`;
  return [
    post('broadcast'),
    post(`send?session=${encodeURIComponent(session)}`),
    post(`api/topics/${encodeURIComponent(topic)}/publications`, '-H "Authorization: Bearer $KEY" '),
  ].join('\n');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
