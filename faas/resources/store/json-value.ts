/**
 * Postgres's text as a value of JSON, for callers that do not ask for raw text. By Neon's rules (`neon`,
 * proxy/src/serverless/json.rs): booleans, int2, int4, floats and JSON become values of JSON, lists of
 * them too; all else stays text, int8 and numeric among it, since JSON's numbers would lose digits.
 */

type Kind = 'boolean' | 'number' | 'json' | 'text';

/** OIDs of `pg_type`: the type, and the type of its lists. */
const KINDS: readonly (readonly [oid: number, listOid: number, kind: Kind])[] = [
  [16, 1000, 'boolean'],
  [21, 1005, 'number'], // int2
  [23, 1007, 'number'], // int4
  [700, 1021, 'number'], // float4
  [701, 1022, 'number'], // float8
  [114, 199, 'json'],
  [3802, 3807, 'json'], // jsonb
  [20, 1016, 'text'], // int8
  [25, 1009, 'text'],
  [1043, 1015, 'text'], // varchar
  [1042, 1014, 'text'], // char
  [17, 1001, 'text'], // bytea
  [1700, 1231, 'text'], // numeric
  [1082, 1182, 'text'], // date
  [1114, 1115, 'text'], // timestamp
  [1184, 1185, 'text'], // timestamptz
  [2950, 2951, 'text'], // uuid
];

const SCALARS = new Map(KINDS.map(([oid, , kind]) => [oid, kind]));
const LISTS = new Map(KINDS.map(([, listOid, kind]) => [listOid, kind]));

/** @param oid of the column's type */
export function jsonValue(text: string | null, oid: number): unknown {
  if (text === null) return null;
  const kind = LISTS.get(oid);
  return kind === undefined
    ? scalar(text, SCALARS.get(oid) ?? 'text')
    : listOf(text, (item) => scalar(item, kind));
}

function scalar(text: string, kind: Kind): unknown {
  if (kind === 'boolean') return text === 't';
  if (kind === 'json') return JSON.parse(text) as unknown;
  if (kind === 'text') return text;
  const number = Number(text);
  // JSON has neither NaN nor infinities.
  return Number.isFinite(number) ? number : text;
}

/** A token of a list: a bracket, a comma, a quoted text, or a plain one. */
const TOKEN = /[{},]|"(?:[^"\\]|\\.)*"|[^{},"]+/gs;

/** Reads `{1,NULL,"a \"b\""}`, which may hold lists. A prefix with its bounds (`[0:1]={…}`) is left out. */
function listOf(text: string, itemOf: (text: string) => unknown): unknown {
  const open: unknown[][] = [[]];
  for (const [token] of text.slice(text.indexOf('{')).matchAll(TOKEN)) {
    const last = open.at(-1) ?? [];
    if (token === '{') {
      const inner: unknown[] = [];
      last.push(inner);
      open.push(inner);
    } else if (token === '}') open.pop();
    else if (token.startsWith('"'))
      last.push(itemOf(token.slice(1, -1).replaceAll(/\\(.)/gs, '$1')));
    else if (token !== ',') last.push(token === 'NULL' ? null : itemOf(token));
  }
  return open[0]?.[0] ?? [];
}
