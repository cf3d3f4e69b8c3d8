/**
 * The nineteen lessons the course is planned to have. A lesson that is written is in the collection
 * and speaks for itself; this list lets the course map say honestly what is still to come.
 */

import type { PartId } from './schemas.ts';

export interface PlannedLesson {
  readonly order: number;
  readonly slug: string;
  readonly part: PartId;
  readonly title: string;
  /** What it is about, in one line. */
  readonly summary: string;
}

const PLAN: readonly [part: PartId, slug: string, title: string, summary: string][] = [
  [
    'idea',
    'what-is-serverless',
    'What is serverless?',
    'There are servers; they are just not yours to run.',
  ],
  [
    'idea',
    'event-in-response-out',
    'Event in, response out',
    'A function is a handler, a trigger and a contract.',
  ],
  ['idea', 'life-of-an-instance', 'Life of an instance', 'Cold, warm, gone.'],
  ['idea', 'scale-to-zero', 'Scale to zero', 'From nothing to a hundred and back.'],
  ['idea', 'pay-per-execution', 'Pay per execution', 'What a millisecond costs.'],
  ['beyond', 'api-gateway', 'The API gateway', 'The front door: routes, keys, limits.'],
  ['beyond', 'state-somewhere-else', 'State, somewhere else', 'Serverless databases and storage.'],
  [
    'beyond',
    'events-and-messaging',
    'Events and messaging',
    'Queues, streams, and what arrives twice.',
  ],
  [
    'beyond',
    'composing-services',
    'Composing services',
    'Microservices, containers and functions together.',
  ],
  [
    'fit',
    'vm-container-paas-faas',
    'VM, container, PaaS, FaaS',
    'The comparison, measured where it can be.',
  ],
  ['fit', 'kubernetes-and-knative', 'Kubernetes and Knative', 'Any container, scaled to zero.'],
  ['fit', 'the-case-for', 'The case for', 'Five claims, each with its evidence.'],
  ['fit', 'the-case-against-latency', 'The case against: latency', 'Where the milliseconds go.'],
  ['fit', 'the-case-against-cost', 'The case against: cost', 'Steady load, and surprises.'],
  [
    'fit',
    'the-case-against-sight-and-lock-in',
    'The case against: sight and lock-in',
    'Debugging, and leaving.',
  ],
  [
    'ship',
    'python-environment-and-requests',
    'A Python environment, and requests',
    'An environment you can throw away.',
  ],
  [
    'ship',
    'http-server-to-function',
    'From http.server to a function',
    'The same class, by hand and as a function.',
  ],
  ['ship', 'ship-it', 'Ship it', 'To production, and to anywhere else.'],
  ['ship', 'capstone', 'Capstone: capital finder', 'From an empty file to a deployed function.'],
];

export const CURRICULUM: readonly PlannedLesson[] = PLAN.map(
  ([part, slug, title, summary], index) => ({ order: index + 1, slug, part, title, summary }),
);

/** What is planned and has neither been written nor lost its number to another lesson. */
export function stillPlanned(
  written: readonly Pick<PlannedLesson, 'slug' | 'order'>[],
): PlannedLesson[] {
  const slugs = new Set(written.map(({ slug }) => slug));
  const orders = new Set(written.map(({ order }) => order));
  return CURRICULUM.filter(({ slug, order }) => !slugs.has(slug) && !orders.has(order));
}
