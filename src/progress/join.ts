/** What stays of two records for one key: loaded only where records are brought from elsewhere. */

import { joinedChoices } from './lab-choices.ts';
import { withVersion } from './lab-versions.ts';
import type { AnyRecord } from './records.ts';

/**
 * Of two records for one key the later one; of a lab it keeps the code of the other one as a version,
 * its choices, and what either had achieved.
 */
export function joined(own: AnyRecord, other: AnyRecord): AnyRecord {
  const isOlder = Date.parse(own.at) < Date.parse(other.at);
  const [later, earlier] = isOlder ? [other, own] : [own, other];
  if (!('versions' in later) || !('versions' in earlier)) return later;
  const { at, code, versions } = earlier;
  const all = [...versions].reverse().reduce(withText, [...later.versions]);
  const kept = code === later.code ? all : withVersion(all, { at, code });
  const choices = joinedChoices(later.choices ?? [], earlier.choices ?? []);
  return {
    ...later,
    versions: kept,
    done: later.done || earlier.done,
    how: later.done || !earlier.done ? later.how : earlier.how,
    ...(choices.length > 0 && { choices }),
  };
}

function withText(versions: string[], text: string): string[] {
  const end = text.indexOf('\n');
  return withVersion(versions, { at: text.slice(0, end), code: text.slice(end + 1) });
}
