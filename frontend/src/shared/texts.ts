/**
 * Give the text of a key in the page's language, with `{0}` and what follows it replaced by the values.
 *
 * A key is one of messages.properties that begins with the page's name or with `shell.`; the template brings all of
 * these along, so there is no list of them. texts.test.ts looks through the scripts for keys that are not there.
 */
export type Texts = (key: string, ...values: (string | number)[]) => string;

/** Read the texts that the template has brought along. */
export function pageTexts(): Texts {
  const template = document.querySelector<HTMLTemplateElement>('template#texts');
  const entries = template?.content.querySelectorAll('data') ?? [];
  return textsFrom(new Map(Array.from(entries, (entry) => [entry.value, entry.textContent ?? ''])));
}

export function textsFrom(texts: ReadonlyMap<string, string>): Texts {
  return (key, ...values) => {
    const text = texts.get(key);
    if (text === undefined) {
      // Not thrown: a missing word is no reason to stop a chat. Browser tests fail on what is written to the console.
      console.error(`The page has no text '${key}'`);
    }
    return (text ?? key).replace(/\{(\d)\}/g, (place, index) => String(values[Number(index)] ?? place));
  };
}

const CLOSE_CODES = [
  1000, 1001, 1002, 1005, 1006, 1008, 1009, 1011, 1012, 1013, 4001, 4002, 4003, 4004, 4005, 4010,
] as const;

/** The code, what it means where that is known, and what the server said about it. */
export function closeText(texts: Texts, code: number, reason: string): string {
  const known = CLOSE_CODES.find((each) => each === code);
  const meaning = known === undefined ? '' : texts(`shell.close.${known}`);
  const said = reason === meaning ? '' : reason;
  return [`${code} ${meaning}`.trim(), said].filter(Boolean).join(' · ');
}
