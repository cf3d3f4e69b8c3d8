/** Dates and times of day. */

const LONG_DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** `23 November 2026`. @param timeZone @default that of the reader, or of the build */
export function longDate(date: Date, timeZone?: 'UTC'): string {
  return date.toLocaleDateString('en-GB', { ...LONG_DATE, ...(timeZone && { timeZone }) });
}

/** `23 November 2026, 08:15 UTC`: the same in every time zone. @param epochMs since the Unix epoch */
export function moment(epochMs: number): string {
  const date = new Date(epochMs);
  return `${longDate(date, 'UTC')}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** `November 2026`, in UTC. */
export function monthAndYear(date: Date): string {
  return date.toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
}

/** `2026-11-23`, in UTC. */
export function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** `08:15:30`, by the reader's clock. */
export function timeOfDay(date: Date): string {
  return date.toLocaleTimeString('en-GB');
}

/** `14:30`. @param minute since midnight; rounded to a whole one */
export function clockTime(minute: number): string {
  const whole = Math.round(minute);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
