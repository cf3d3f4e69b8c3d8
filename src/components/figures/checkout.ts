/** A checkout as the reader sets it up: which shape, what is down, and how patient its callers are. */

import type { FunctionCall } from '#src/demo/places/place.ts';
import {
  composedCall,
  composedMean,
  type Composition,
  type ComposedOutcome,
} from '#faas/simulation/composed-call.ts';
import { numbersOf, type DialTable } from './dial.ts';

/** The functions of a checkout, in their order. */
export const CHECKOUT_HOPS = ['cart', 'price', 'pay', 'ship'] as const;
export type CheckoutHop = (typeof CHECKOUT_HOPS)[number];

/** So much longer than the others works what is slow, in ms. */
export const SLOW_MS = 400;

/** Who calls whom. */
export const CHECKOUT_SHAPES = {
  nested: 'each calls the next',
  orchestrated: 'one calls all four',
} as const;

export const CHECKOUT_DIALS = {
  work: {
    type: 'number',
    unit: 'ms',
    isWhole: true,
    least: 0,
    most: 500,
    default: 20,
    meaning: 'how long each function works',
  },
  tries: {
    type: 'number',
    unit: 'tries',
    isWhole: true,
    least: 1,
    most: 3,
    default: 3,
    meaning: 'how often each caller tries, at the most',
  },
  wait: {
    type: 'number',
    unit: 'ms',
    isWhole: true,
    least: 0,
    most: 500,
    default: 0,
    meaning: 'passes before the second try, twice as long before the third',
  },
  timeout: {
    type: 'number',
    unit: 'ms',
    isWhole: true,
    least: 0,
    most: 2000,
    default: 0,
    meaning: 'how long each try waits; 0 for as long as it takes',
  },
  deadline: {
    type: 'number',
    unit: 'ms',
    isWhole: true,
    least: 0,
    most: 5000,
    default: 0,
    meaning: 'how long the reader waits in all; 0 for as long as it takes',
  },
} as const satisfies DialTable;

export interface CheckoutSetup {
  readonly shape: keyof typeof CHECKOUT_SHAPES;
  /** Null when all are up. */
  readonly down: CheckoutHop | null;
  /** Null when all take the same time. */
  readonly slow: CheckoutHop | null;
  readonly workMs: number;
  readonly tries: number;
  readonly backoffMs: number;
  /** 0 for none. */
  readonly timeoutMs: number;
  /** 0 for none. */
  readonly deadlineMs: number;
}

/** @param state as of the figure's form; what it does not say is as at first */
export function checkoutOf(state: URLSearchParams): CheckoutSetup {
  const { work, tries, wait, timeout, deadline } = numbersOf(CHECKOUT_DIALS, state);
  const hopIn = (name: string): CheckoutHop | null =>
    CHECKOUT_HOPS.find((hop) => hop === state.get(name)) ?? null;
  return {
    shape: state.get('shape') === 'orchestrated' ? 'orchestrated' : 'nested',
    down: hopIn('down'),
    slow: hopIn('slow'),
    workMs: work,
    tries,
    backoffMs: wait,
    timeoutMs: timeout,
    deadlineMs: deadline,
  };
}

/** The call that lets it happen. */
export function checkoutCall(setup: CheckoutSetup): FunctionCall {
  const { shape, down, slow, workMs, tries, backoffMs, timeoutMs, deadlineMs } = setup;
  const fn = shape === 'nested' ? '/api/cart' : '/api/checkout';
  const query = new URLSearchParams({ waitMs: String(workMs), tries: String(tries) });
  if (backoffMs > 0) query.set('backoffMs', String(backoffMs));
  if (timeoutMs > 0) query.set('timeoutMs', String(timeoutMs));
  if (deadlineMs > 0) query.set('deadlineMs', String(deadlineMs));
  if (down !== null) query.set('down', down);
  if (slow !== null) query.set(`${slow}.waitMs`, String(workMs + SLOW_MS));
  return { function: fn, method: 'POST', url: `${fn}?${query}`, headers: [], body: null };
}

/** Share of calls that each function answers by itself, where it is not down. */
export const EACH_ANSWERS = 0.999;

/** Share of clicks that are answered, when each function fails now and then by itself. */
export function answeredShare({ shape, down, tries }: CheckoutSetup): number {
  const answers = CHECKOUT_HOPS.map((hop) => (hop === down ? 0 : EACH_ANSWERS));
  return composedMean({ shape, answers, tries }).answered;
}

/** The same in the model: what the functions take, and nothing for the way. */
export function modelOf(setup: CheckoutSetup): ComposedOutcome {
  const { shape, down, slow, workMs, tries, backoffMs, timeoutMs, deadlineMs } = setup;
  const hops = CHECKOUT_HOPS.map((name) => ({
    name,
    waitMs: name === slow ? workMs + SLOW_MS : workMs,
    tries,
    backoffMs,
    timeoutMs: timeoutMs || Infinity,
    isDown: name === down,
    hasEffect: name !== 'price',
  }));
  const composition: Composition = { shape, hops, deadlineMs: deadlineMs || Infinity };
  return composedCall(composition);
}
