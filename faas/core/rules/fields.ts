/** Header fields as the rules read and write them (RFC 9110, section 5). */

/** Names in lower case; a name may come more than once. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** The value of a field, its lines joined as RFC 9110 5.3 does; null when there is none. */
export function fieldOf(fields: Fields, name: string): string | null {
  let value: string | null = null;
  for (const [each, text] of fields) {
    if (each === name) value = value === null ? text : `${value}, ${text}`;
  }
  return value;
}

/** The members of a list, trimmed, without empty ones. A comma in quotes ends none. */
export function membersOf(value: string | null): string[] {
  if (value === null) return [];
  return (value.match(MEMBER) ?? []).map((member) => member.trim()).filter((each) => each !== '');
}

const MEMBER = /(?:[^",]|"(?:[^"\\]|\\.)*"?)+/g;

/** The value of a cookie in the request (RFC 6265, 4.2); the first of that name. Null when there is none. */
export function cookieOf(fields: Fields, name: string): string | null {
  for (const [field, value] of fields) {
    if (field !== 'cookie') continue;
    for (const pair of value.split(';')) {
      const at = pair.indexOf('=');
      if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
    }
  }
  return null;
}

/** All fields but those that `isOut` names. The same list when none is. */
export function without(fields: Fields, isOut: (name: string) => boolean): Fields {
  return fields.some(([name]) => isOut(name)) ? fields.filter(([name]) => !isOut(name)) : fields;
}

/** The fields with `Vary` naming these too. `*` stays what it is: nothing may be assumed. */
export function withVary(fields: Fields, names: readonly string[]): Fields {
  if (names.length === 0) return fields;
  const told = membersOf(fieldOf(fields, 'vary'));
  if (told.includes('*')) return fields;
  const known = new Set(told.map((name) => name.toLowerCase()));
  const added = names.filter((name) => !known.has(name.toLowerCase()));
  if (added.length === 0) return fields;
  return [...without(fields, (name) => name === 'vary'), ['vary', [...told, ...added].join(', ')]];
}
