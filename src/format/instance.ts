/** The names of instances, for readers. */

/**
 * `no. 12` for `i12-k9x2`: the letters after the number only tell a platform's runs apart. Another
 * platform's names stay as they are.
 */
export function instanceName(id: string): string {
  const number = /^i(\d+)-/.exec(id)?.[1];
  return number === undefined ? id : `no. ${number}`;
}
