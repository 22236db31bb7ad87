/** The code of the game that an address names, the part after the address of the games; empty at the door. */
export function codeIn(address: string, games: string): string {
  if (!address.startsWith(games)) {
    return '';
  }
  const part = new URL(address).pathname.split('/').pop() ?? '';
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
