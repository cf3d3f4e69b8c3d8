/** How a queue's messages are brought to a function: each number once, for the platform file and the pages. */

import type { OptionTable } from '../option.ts';

/** Options of a queue's trigger, as `api/_platform.json` writes them. */
export const QUEUE_OPTIONS = {
  batch: {
    type: 'number',
    unit: 'messages',
    isWhole: true,
    least: 1,
    most: 10,
    default: 1,
    meaning: 'most messages in one call; with more than one they come as a CloudEvents batch',
    source: 'AWS Lambda: 10 for an SQS queue without a batch window',
  },
  consumers: {
    type: 'number',
    unit: 'calls',
    isWhole: true,
    least: 1,
    most: 100,
    default: 5,
    meaning: 'most calls at once; no message is taken that could not be handed over',
    source: 'AWS Lambda: an SQS mapping starts with 5 concurrent invocations',
  },
  visibilityS: {
    type: 'number',
    unit: 's',
    least: 0,
    isAbove: true,
    most: 43_200,
    default: 30,
    meaning:
      'how long a taken message is hidden; then it is taken again, whether or not the call still runs',
    source: 'Amazon SQS: 30 s, at most 12 hours',
  },
  maxReceives: {
    type: 'number',
    unit: 'receives',
    isWhole: true,
    least: 1,
    most: 1000,
    default: 5,
    meaning: 'how often a message is taken before it is set aside among the dead letters',
    source: 'Amazon SQS: maxReceiveCount, 1 to 1,000; AWS advises 5 or more before Lambda',
  },
  backOff: {
    type: 'choice',
    of: ['exponential', 'fixed'],
    default: 'exponential',
    meaning: 'whether the wait after a failure doubles with each',
  },
  retryS: {
    type: 'number',
    unit: 's',
    least: 0,
    most: 43_200,
    default: 1,
    meaning: 'the wait after the first failure',
  },
  mostRetryS: {
    type: 'number',
    unit: 's',
    least: 0,
    most: 43_200,
    default: 60,
    notBelow: ['retryS'],
    meaning: 'the longest wait after a failure',
  },
  jitter: {
    type: 'flag',
    default: true,
    meaning: 'whether each wait is drawn at random between nothing and its whole length',
  },
  mode: {
    type: 'choice',
    of: ['structured', 'binary'],
    default: 'structured',
    meaning:
      'how a single message becomes an HTTP request: all in the body, or its attributes as headers',
    source: 'CloudEvents 1.0.2, HTTP Protocol Binding',
  },
} as const satisfies OptionTable;
