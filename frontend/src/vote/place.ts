/** Where in the votes an address is. */
export type Place = { view: 'opening' } | { view: 'poll' | 'screen'; poll: string };

/** Read where an address is; it begins with the address of the votes. */
export function placeOf(address: string, votes: string): Place {
  const [poll = '', rest] = new URL(address).pathname.slice(new URL(votes).pathname.length).split('/').filter(Boolean);
  if (!poll) {
    return { view: 'opening' };
  }
  return { view: rest === 'screen' ? 'screen' : 'poll', poll: decoded(poll) };
}

/** Read an id as people type it. */
export function idOf(typed: string): string {
  return typed.trim().toLowerCase();
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
