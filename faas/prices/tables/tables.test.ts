/** Each number in a price table is the number in the fact that it names. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FUNCTION_TABLES, MACHINE_TABLES } from '../catalog.ts';
import { RECEIPT_TABLES } from '../receipt-tables.ts';
import type { Citation, PriceTable } from '../table.ts';
import {
  apiGatewayHttp,
  apiGatewayRest,
  dynamoDb,
  gp3Disk,
  loadBalancer,
  logs,
  natGateway,
  trafficOut,
} from './around.ts';
import { publicIpv4, t4gSurplus } from './machines.ts';

interface Fact {
  readonly id: string;
  readonly statement: string;
  readonly value: unknown;
  readonly source: { readonly title: string; readonly url: string };
  readonly asOf: string;
  readonly kind: string;
  readonly note: string | null;
}

const file = new URL('../../../src/content/facts.json', import.meta.url);
const facts = new Map(
  (JSON.parse(readFileSync(file, 'utf8')) as Fact[]).map((fact) => [fact.id, fact]),
);

const TABLES = [
  ...new Set([...FUNCTION_TABLES, ...MACHINE_TABLES, ...RECEIPT_TABLES]),
  ...[apiGatewayHttp, apiGatewayRest, dynamoDb, logs, trafficOut, publicIpv4],
  ...[gp3Disk, loadBalancer, natGateway, t4gSurplus],
];

const SCALE: Record<string, number> = { million: 1e6, M: 1e6, billion: 1e9, B: 1e9 };

/** Every number a text states: `1,440`, `$0.0000166667`, `6 billion`, `the first million`. */
function numbersIn(text: string): number[] {
  const bare = text.replaceAll(/[TX]\d\d-\d\d/g, '');
  const found = [...bare.matchAll(/(\d[\d,]*(?:\.\d+)?)(?:[ -]?(million|billion|M|B)\b)?/g)].map(
    ([, digits = '', scale]) => Number(digits.replaceAll(',', '')) * (SCALE[scale ?? ''] ?? 1),
  );
  if (/\b(first|free|extra|per) (million|M)\b/.test(bare)) found.push(1e6);
  return found;
}

/** The numbers of a table, each with where it says it was read. */
function* numbersOf(table: PriceTable): Generator<[what: string, value: number, Citation]> {
  for (const { label, tiers, free, included, step } of table.charges) {
    for (const { price, upTo, per, citation } of tiers) {
      yield [`price of ${label}`, price, citation];
      if (upTo !== Infinity) yield [`end of a tier of ${label}`, upTo, citation];
      if (per !== 1) yield [`units per price of ${label}`, per, citation];
    }
    if (free) yield [`free ${label}`, free.quantity, free.citation];
    if (included) yield [`included ${label}`, included.quantity, included.citation];
    if (step) yield [`step of ${label}`, step.ms, step.citation];
  }
  for (const { label, price, citation } of table.fees) yield [label, price, citation];
  for (const { label, quantity, citation } of table.limits) yield [label, quantity, citation];
}

/** The usage field that carries times rounded to a step. */
const STEP_OF: Record<string, number> = {
  billed1MbMs: 1,
  active100Ms: 100,
  active100MbMs: 100,
  flexMbMs: 100,
  instance100Ms: 100,
  instance100MbMs: 100,
};

describe.each(TABLES.map((table) => [table.id, table] as const))('%s', (_id, table) => {
  test('has every number from the fact it names', () => {
    for (const [what, value, citation] of numbersOf(table)) {
      const fact = facts.get(citation.fact ?? '');
      if (!fact) throw new Error(`${what}: no fact ${String(citation.fact)}`);
      const stated = [fact.value, ...numbersIn(fact.statement)];
      expect(stated, `${what}, from ${fact.id}: ${fact.statement}`).toContain(value);
    }
  });

  test('cites each fact as the fact cites its source', () => {
    for (const [what, , { fact: id, title, url, asOf, kind }] of numbersOf(table)) {
      const fact = facts.get(id ?? '');
      expect({ title, url, asOf }, what).toEqual({ ...fact?.source, asOf: fact?.asOf });
      // A table may trust a fact less than the fact does, never more.
      if (kind === 'unverified') expect(fact?.note).toContain('unverified');
      else expect(kind, what).toBe(fact?.kind);
    }
  });

  test('states no number in its notes that the facts named beside it do not have', () => {
    for (const note of table.notes) {
      const named = [...note.matchAll(/[TX]\d\d-\d\d/g)].map(([id]) => facts.get(id));
      const stated = named.flatMap((fact) => [
        ...numbersIn(`${fact?.statement ?? ''} ${fact?.note ?? ''}`),
        fact?.value,
      ]);
      expect(named, note).not.toContain(undefined);
      for (const number of numbersIn(note)) expect(stated, note).toContain(number);
    }
  });

  test('has tiers in order, the last without end, and rounds as it says', () => {
    for (const { tiers, of, step } of table.charges) {
      const ends = tiers.map(({ upTo }) => upTo);
      expect(ends).toEqual(ends.toSorted((a, b) => a - b));
      expect(ends.at(-1)).toBe(Infinity);
      expect(step?.ms ?? null).toBe(STEP_OF[of] ?? null);
    }
  });
});

test('no two tables share an id', () => {
  const ids = TABLES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
