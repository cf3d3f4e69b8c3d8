/** Sends what a function in a worker prints to the page, and to the browser's console. */

/** Wraps the methods of `console`. `warn` and `error` count as stderr; one call per line. */
export function captureConsole(onLine: (stream: 'stdout' | 'stderr', text: string) => void): void {
  const { console: output } = globalThis;
  capture(['log', 'info', 'debug'], 'stdout');
  capture(['warn', 'error'], 'stderr');

  function capture(
    names: readonly ('log' | 'info' | 'debug' | 'warn' | 'error')[],
    stream: 'stdout' | 'stderr',
  ): void {
    for (const name of names) {
      const original = output[name].bind(output);
      output[name] = (...values: unknown[]) => {
        original(...values);
        for (const line of values.map(toText).join(' ').split('\n')) onLine(stream, line);
      };
    }
  }
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.stack ?? value.message;
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return String(value);
  }
}
