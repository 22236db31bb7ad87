import type { Kind, Question, Shown } from './types.ts';

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
