/** What a build and the shell around it say of the time that it took. */

/** What a build spent on compressing its files. */
export interface Compression {
  /** In s. */
  readonly wallS: number;
  /** In s. */
  readonly cpuS: number;
}

/** As the integration `publish` prints it; null where nothing was compressed. */
export function compressionIn(output: string): Compression | null {
  const found = /files compressed in ([\d.]+) s \(([\d.]+) s of CPU\)/.exec(output);
  return found === null ? null : { wallS: Number(found[1]), cpuS: Number(found[2]) };
}

/**
 * User and system time of a shell's children, in s: the last line that its `times` printed, such as
 * `1m2.50s 0m3.25s`.
 *
 * @throws when there is no such line
 */
export function lastTimes(output: string): number {
  const last = [...output.matchAll(/^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/gm)].at(-1);
  if (last === undefined) {
    throw new Error('Expected the shell to print times at its end, and it printed none.');
  }
  const [userMin, user, systemMin, system] = last.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return 60 * (userMin + systemMin) + user + system;
}
