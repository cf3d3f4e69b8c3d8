/** How the course writes quantities. Always the same way, so that columns can be compared. */

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const hundredths = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** `0.4 ms`, `31 ms`, `1.25 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 9.95) return `${tenths.format(ms)} ms`;
  if (ms < 999.5) return `${plain.format(ms)} ms`;
  if (ms < 59_995) return `${hundredths.format(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${plain.format(Math.floor(seconds / 60))} min ${seconds % 60} s`;
}

/** `15.5 MB`, of 10^6 bytes. */
export function megabytes(mb: number): string {
  return `${mb < 100 ? tenths.format(mb) : plain.format(mb)} MB`;
}

/** `1 call`, `10 calls`. */
export function counted(n: number, noun: string): string {
  return `${plain.format(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** `23 November 2026, 08:15 UTC`: the same wherever it is read. */
export function moment(epochMs: number): string {
  const date = new Date(epochMs);
  const day = date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** The first eight digits of a SHA-256: enough to compare by eye. */
export function shortHash(code: string): string {
  return code.slice(0, 8);
}
