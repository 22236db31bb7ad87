import { FanfareError } from '../client/index.ts';
import { base } from '../shared/base.ts';
import type { Visitor } from '../shared/visitor.ts';

/**
 * Download one of a poll's tables, in the name of the visitor, which a link cannot say.
 *
 * @throws FanfareError with what the server said, where it refuses
 */
export async function downloadTable(poll: string, table: 'results' | 'votes', visitor: Visitor): Promise<void> {
  const answer = await fetch(new URL(`vote/${poll}/${table}.csv`, base), { headers: visitor.headers });
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { type?: string; detail?: string };
    const type = problem.type?.replace('urn:fanfare:problem:', '') ?? 'unknown';
    throw new FanfareError(type, problem.detail ?? `${answer.status} ${answer.statusText}`);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `${table}-${poll}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
