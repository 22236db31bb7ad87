/** What of a browser's storage is needed to remember something; it may throw, as it does where it is full. */
export type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/** The same, for what is forgotten as well. */
export type Forgetting = Kept & Pick<Storage, 'removeItem'>;

/** As many values as are kept where there is no storage; the oldest are forgotten. */
const MOST = 50;

/** What this browser keeps, for all tabs and after a restart. */
export const localKept = (): Forgetting => keptIn(() => localStorage);

/** What this tab keeps through a reload. */
export const tabKept = (): Forgetting => keptIn(() => sessionStorage);

/**
 * Take a browser's storage, or the page's memory where there is none: if a user has blocked it, even asking throws.
 *
 * @param storage asks for it
 */
export function keptIn(storage: () => Storage | null): Forgetting {
  try {
    return storage() ?? memory;
  } catch {
    return memory;
  }
}

const values = new Map<string, string>();

const memory: Forgetting = {
  getItem: (key) => values.get(key) ?? null,
  setItem(key, value) {
    values.delete(key);
    values.set(key, value);
    for (const oldest of [...values.keys()].slice(0, -MOST)) {
      values.delete(oldest);
    }
  },
  removeItem: (key) => void values.delete(key),
};
