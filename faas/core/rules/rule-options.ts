/** The numbers of the front door's rules, declared once for the file, its schema and the pages. */

import type { OptionTable } from '../option.ts';

/** A token bucket: how fast it refills, and how much it holds. */
export const BUCKET_OPTIONS = {
  rate: {
    type: 'number',
    unit: 'calls a second',
    least: 0,
    isAbove: true,
    most: 100_000,
    meaning: 'how fast tokens come back; each call takes one',
    source: 'AWS API Gateway: 10,000 a second for an account and Region (request throttling)',
  },
  burst: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 1,
    most: 100_000,
    meaning: 'how many tokens the bucket holds, and so how many calls may come at once',
    source: 'AWS API Gateway: 5,000 for an account and Region (request throttling)',
  },
} as const satisfies OptionTable;

/** A usage plan: a bucket for each key, and how many calls a key has in a period. */
export const PLAN_OPTIONS = {
  ...BUCKET_OPTIONS,
  quota: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 1,
    most: 1_000_000_000,
    otherwise: 'no quota',
    meaning: 'how many calls a key has in one period',
  },
  periodS: {
    type: 'number',
    unit: 's',
    isWhole: true,
    least: 1,
    most: 2_678_400,
    default: 86_400,
    meaning: 'how long one period lasts; periods begin at multiples of it since the Unix epoch',
    source: 'AWS API Gateway: quotas by day, week or month (usage plans)',
  },
} as const satisfies OptionTable;

/** How long a browser may keep the answer to a preflight. */
export const CORS_OPTIONS = {
  credentials: {
    type: 'flag',
    default: false,
    meaning: 'whether scripts of those origins may send cookies and read the answer',
  },
  maxAgeS: {
    type: 'number',
    unit: 's',
    isWhole: true,
    least: 0,
    most: 86_400,
    default: 5,
    meaning: 'how long a browser may keep the answer to a preflight',
    source: 'Fetch Standard, CORS-preflight cache: 5 s when it is left out',
  },
} as const satisfies OptionTable;

/** What the door's cache keeps. */
export const CACHE_OPTIONS = {
  ttlS: {
    type: 'number',
    unit: 's',
    isWhole: true,
    least: 0,
    most: 3600,
    otherwise: 'what the answer itself says, and no caching where it says nothing',
    meaning: 'how long an answer is kept that does not say it itself',
    source: 'AWS API Gateway: 300 s by default, 3,600 s at most (API caching)',
  },
} as const satisfies OptionTable;

/** How long the door waits for a function. */
export const TIME_LIMIT_OPTIONS = {
  ms: {
    type: 'number',
    unit: 'ms',
    isWhole: true,
    least: 1,
    most: 900_000,
    meaning: 'how long the door waits for an answer; then it answers 504, and the call goes on',
    source: 'AWS API Gateway: 29 s (quotas); Regional REST APIs more on request since June 2024',
  },
} as const satisfies OptionTable;
