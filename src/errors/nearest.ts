/** "Did you mean …?": the known name closest to one that is not known. */

/** How many letters to insert, delete, change or swap with their neighbour to turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      current[j] = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The closest of `known`, unless even that differs in more than a third of its letters. */
export function nearest(found: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const name of known) {
    const distance = editDistance(found.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  const length = Math.max(found.length, best?.length ?? 0);
  return bestDistance <= Math.max(1, length / 3) ? best : undefined;
}

/** `Write "x" instead.`, or the whole list when it is short, or else where the list stands. */
export function suggest(found: string, known: readonly string[], where: string): string {
  const close = nearest(found, known);
  if (close !== undefined) return `Did you mean "${close}"? All are in ${where}.`;
  if (known.length === 0) return `There are none yet in ${where}.`;
  if (known.length <= 12) return `Write one of ${quoted(known)} (${where}).`;
  return `Look it up in ${where}.`;
}

/** `"a", "b"` */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
