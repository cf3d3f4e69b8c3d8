/** A recorded log: the lines, and the calls that printed them. */

/** One line of a log. */
export interface LoggedLine {
  /** Since the first line, in ms. */
  readonly atMs: number;
  /** Id of the call that printed it. */
  readonly call: string;
  readonly text: string;
}

/** What one call printed. */
export interface LoggedCall {
  readonly call: string;
  /** In the order of printing; never empty. */
  readonly texts: readonly string[];
}

/** The calls of a log, by how much they printed, least first; of as much, the earlier first. */
export function callsOf(lines: readonly Pick<LoggedLine, 'call' | 'text'>[]): LoggedCall[] {
  const calls = [...Map.groupBy(lines, ({ call }) => call)];
  return calls
    .map(([call, own]) => ({ call, texts: own.map(({ text }) => text) }))
    .toSorted((a, b) => a.texts.length - b.texts.length);
}
