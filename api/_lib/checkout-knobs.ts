/**
 * The knobs of a checkout, in the query of each call: `waitMs=20&tries=3&pay.timeoutMs=100`. One that
 * begins with the name of a hop is for that hop alone. They are handed on from call to call.
 */

import { badRequest } from './bad-request.ts';

/** The parts of a checkout, in their order. */
export const HOPS = ['cart', 'price', 'pay', 'ship'] as const;
export type HopName = (typeof HOPS)[number];

/** Whether a text names one. */
export function isHop(text: string): text is HopName {
  return (HOPS as readonly string[]).includes(text);
}

const KNOBS = {
  /** How long the hop works, in ms. */
  waitMs: { default: 20, most: 5_000 },
  /** How often whoever calls the hop tries, at the most. */
  tries: { default: 1, most: 5 },
  /** Passes before the second try, in ms; twice as long before each further one. */
  backoffMs: { default: 0, most: 1_000 },
  /** How long each try waits for the hop, in ms; 0 for as long as it takes. */
  timeoutMs: { default: 0, most: 9_000 },
} as const;

type KnobName = keyof typeof KNOBS;

/** How one hop behaves, and how it is called. */
export type HopKnobs = Readonly<Record<KnobName, number>>;

/** What was asked, read from the query of a call. */
export class CheckoutKnobs {
  readonly #query: URLSearchParams;

  /** @throws RangeError with what is wrong, for the caller */
  constructor({ url }: Pick<Request, 'url'>) {
    this.#query = new URL(url).searchParams;
    for (const hop of HOPS) this.of(hop);
    this.deadlineMs();
    for (const list of ['next', 'down', 'stuck', 'python']) this.#hops(list);
  }

  of(hop: HopName): HopKnobs {
    const of = (name: KnobName): number => {
      const { default: usual, most } = KNOBS[name];
      const own = `${hop}.${name}`;
      const [key, text] = this.#query.has(own)
        ? [own, this.#query.get(own)]
        : [name, this.#query.get(name)];
      return number(key, text, usual, name === 'tries' ? 1 : 0, most);
    };
    return {
      waitMs: of('waitMs'),
      tries: of('tries'),
      backoffMs: of('backoffMs'),
      timeoutMs: of('timeoutMs'),
    };
  }

  /** How long the answer is waited for in all, in ms; Infinity without a limit. It shrinks inwards. */
  deadlineMs(): number {
    const text = this.#query.get('deadlineMs');
    return number('deadlineMs', text, Infinity, 0, 60_000);
  }

  /** Of whom every try of a step is one: an effect happens once for each. */
  get order(): string {
    return this.#query.get('order') ?? 'none';
  }

  /** The rest of the chain. @param usual where the call does not say */
  next(usual: readonly HopName[]): readonly HopName[] {
    return this.#query.has('next') ? this.#hops('next') : usual;
  }

  /** Whether the hop refuses every call. */
  isDown(hop: HopName): boolean {
    return this.#hops('down').includes(hop);
  }

  /** Whether the hop can take nothing back. */
  isStuck(hop: HopName): boolean {
    return this.#hops('stuck').includes(hop);
  }

  /** Path and query that call a hop. @param next what it calls in its turn @param leftMs until the deadline */
  pathOf(hop: HopName, next: readonly HopName[], leftMs: number): string {
    const query = new URLSearchParams(this.#query);
    query.set('next', next.join(','));
    if (leftMs !== Infinity) query.set('deadlineMs', String(Math.floor(leftMs)));
    const inPython = this.#query.has('python') ? this.#hops('python') : ['price'];
    const folder = hop === 'price' && inPython.includes(hop) ? '/api/py' : '/api';
    return `${folder}/${hop}?${query}`;
  }

  #hops(name: string): HopName[] {
    const texts = (this.#query.get(name) ?? '').split(',').filter((text) => text !== '');
    const wrong = texts.find((text) => !isHop(text));
    if (wrong === undefined) return texts.filter(isHop);
    throw new RangeError(
      `${name} is a list of ${HOPS.join(', ')}, and "${wrong}" is none of them.`,
    );
  }
}

/** What was asked; where it makes no sense, the answer that says so. */
export function knobsOf(request: Request): CheckoutKnobs | Response {
  try {
    return new CheckoutKnobs(request);
  } catch (error) {
    return badRequest((error as Error).message);
  }
}

function number(
  name: string,
  text: string | null,
  usual: number,
  least: number,
  most: number,
): number {
  if (text === null || text === '') return usual;
  const value = Number(text);
  if (value >= least && value <= most) return value;
  throw new RangeError(`${name} is a number from ${least} to ${most}, not "${text}".`);
}
