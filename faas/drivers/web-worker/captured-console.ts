/** Sends what a function in a worker prints to the page, and to the browser's console. */

import { LineBudget } from './line-budget.ts';
import { LinePost, type PrintedLine } from './line-post.ts';
import { printedValue } from './printed-value.ts';

/**
 * Wraps the methods of `console`. `warn` and `error` count as stderr; one call per line.
 * @returns what sends the lines that still wait
 */
export function captureConsole(
  onLines: (lines: readonly PrintedLine[]) => void,
): Pick<LinePost, 'flush'> {
  const { console: output } = globalThis;
  const log = output.log.bind(output);
  const budget = new LineBudget();
  const post = new LinePost({
    send: (lines, wereKept) => {
      // A line in the browser's console is a task of the page too.
      if (wereKept) log(lines.map(({ text }) => text).join('\n'));
      onLines(lines);
    },
  });
  capture(['log', 'info', 'debug'], 'stdout');
  capture(['warn', 'error'], 'stderr');
  return post;

  function capture(
    names: readonly ('log' | 'info' | 'debug' | 'warn' | 'error')[],
    stream: PrintedLine['stream'],
  ): void {
    for (const name of names) {
      const original = output[name].bind(output);
      output[name] = (...values: unknown[]) => {
        const lines = values.map(printedValue).join(' ').split('\n');
        for (const [index, line] of lines.entries()) {
          const text = budget.take(line);
          if (text === null) return;
          if (post.add({ stream, text }) && index === 0) original(...values);
        }
      };
    }
  }
}
