/** Notes on lines of code: each names its line by a piece of it, so that it moves with the line. */

/** Text that only one line contains → what to say about that line. */
export type LineNotes = Readonly<Record<string, string>>;

/**
 * The number of each note's line, from 1, in the order of the notes.
 * @throws RangeError when a text is in no line, or in several
 */
export function lineNumbersOf(code: string, notes: LineNotes): number[] {
  const lines = code.split('\n');
  return Object.keys(notes).map((text) => {
    const numbers = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
    const [number] = numbers;
    if (number !== undefined && numbers.length === 1) return number;
    const found = number === undefined ? 'none has it' : `lines ${numbers.join(', ')} have it`;
    throw new RangeError(`Expected one line with "${text}"; ${found}.`);
  });
}
