import type { Kind, Question, Shown } from './types.ts';

/** What was asked, by the key it was sent with. */
export interface Asked {
  key: string;
  question: Question;
}

/** What a form asks; what is left to the server's defaults is left out. */
export function questionOf(form: FormData, options: string[]): Question {
  const seconds = Number(form.get('seconds'));
  const most = Number(form.get('most'));
  const kind = form.get('kind') as Kind;
  return {
    question: String(form.get('question')).trim(),
    options,
    kind,
    shown: form.get('shown') as Shown,
    ...(kind === 'multiple' && most > 0 && { most: Math.min(most, options.length) }),
    ...(seconds > 0 && { seconds }),
  };
}

/** Name what is asked: the same once more, as by a double click, has the same key and opens one poll. */
export function named(question: Question, last: Asked | undefined, newKey: () => string): Asked {
  const isSame = last && JSON.stringify(last.question) === JSON.stringify(question);
  return isSame ? last : { key: newKey(), question };
}
