/** Sends what a function in a worker prints to the page, and to the browser's console. */

import { LineBudget } from './line-budget.ts';
import { printedValue } from './printed-value.ts';

/** Wraps the methods of `console`. `warn` and `error` count as stderr; one call per line. */
export function captureConsole(onLine: (stream: 'stdout' | 'stderr', text: string) => void): void {
  const { console: output } = globalThis;
  const budget = new LineBudget();
  capture(['log', 'info', 'debug'], 'stdout');
  capture(['warn', 'error'], 'stderr');

  function capture(
    names: readonly ('log' | 'info' | 'debug' | 'warn' | 'error')[],
    stream: 'stdout' | 'stderr',
  ): void {
    for (const name of names) {
      const original = output[name].bind(output);
      output[name] = (...values: unknown[]) => {
        const lines = values.map(printedValue).join(' ').split('\n');
        for (const [index, line] of lines.entries()) {
          const printed = budget.take(line);
          if (printed === null) return;
          if (index === 0) original(...values);
          onLine(stream, printed);
        }
      };
    }
  }
}
