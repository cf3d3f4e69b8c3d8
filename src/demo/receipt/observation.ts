/** What a prediction is laid beside: one value of each run, and all of them in a few words. */

import type { Run } from '#src/demo/places/place.ts';

/**
 * What `observe` finds in one run; null when there is nothing at that place.
 *
 * @param observe `status`, `cold`, `instances`, `clicks-for-a-dollar` (of the bill, so `bill.ts` finds
 *   it), or a JSON pointer (RFC 6901) into the body: `/count`
 */
export function valueOf(run: Run, observe: string): string | null {
  if (observe === 'status') return String(run.status);
  if (observe === 'cold') return run.cold === null ? null : run.cold ? 'cold' : 'warm';
  if (observe === 'instances') return run.instance;
  if (observe === 'clicks-for-a-dollar') return null;
  return pointed(run.body, observe);
}

/** How a beginner reads the name of what is observed: `count` for `/count`. */
export function fieldName(observe: string): string {
  return observe.replace(/^\//, '').replaceAll('/', '.');
}

/** One line: `3`, `1…10`, `10 × 1`, `7 × 1, 2, 3`, `cold, 9 × warm`. */
export function observation(runs: readonly Run[], observe: string): string | null {
  const values = runs.map((run) => valueOf(run, observe)).filter((value) => value !== null);
  if (values.length === 0) return null;
  if (observe === 'instances') return String(new Set(values).size);
  return summary(values);
}

/** @param pointer a JSON pointer; `''` is the whole body */
function pointed(body: string, pointer: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The JSON pointers to all that an object holds, nested ones too; none for another body. */
export function pointersOf(body: string): string[] {
  const below = (value: unknown, path: string): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) => {
      const here = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return [here, ...below(part, here)];
    });
  };
  try {
    return below(JSON.parse(body), '');
  } catch {
    return [];
  }
}

interface Group {
  readonly value: string;
  readonly times: number;
}

function summary(values: readonly string[]): string {
  const times = new Map<string, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  const groups = [...times].map(([value, count]) => ({ value, times: count }));
  const numeric = groups.every(({ value }) => /^-?\d+$/.test(value));
  if (numeric) groups.sort((a, b) => Number(a.value) - Number(b.value));
  const parts = numeric ? ranges(groups) : groups.map(written);
  return parts.join(', ');
}

function written({ value, times }: Group): string {
  return times === 1 ? value : `${times} × ${value}`;
}

/** Three or more whole numbers in a row, each seen once, become `first…last`. */
function ranges(groups: readonly Group[]): string[] {
  const parts: string[] = [];
  for (let from = 0; from < groups.length;) {
    let to = from;
    while (follows(groups[to], groups[to + 1])) to += 1;
    const [first, last] = [groups[from], groups[to]] as [Group, Group];
    if (to - from >= 2) parts.push(`${first.value}…${last.value}`);
    else parts.push(...groups.slice(from, to + 1).map(written));
    from = to + 1;
  }
  return parts;
}

function follows(a: Group | undefined, b: Group | undefined): boolean {
  return a?.times === 1 && b?.times === 1 && Number(b.value) === Number(a.value) + 1;
}

/** Whether a prediction says what was observed, ignoring the kind of dashes, dots and spaces. */
export function saysObserved(prediction: string, observed: string): boolean {
  return bare(prediction) === bare(observed);
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\.{2,}|…|–/g, '…')
    .replaceAll(/[x*]/g, '×')
    .replaceAll(/\s/g, '');
}
