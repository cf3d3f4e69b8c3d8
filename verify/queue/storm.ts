/**
 * Messages flow while consumer, gateway and Postgres are killed at random moments. At the end each message
 * that was accepted must have had its effect, and once.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../faas/simulation/random.ts';
import type { Verdict } from '../verdict.ts';
import { wrongWith, type Ledger } from './ledger.ts';
import { StormPlatform, VICTIMS, type Victim } from './storm-platform.ts';
import { StormProject, type Consumer } from './storm-project.ts';

/** What a storm is made with. */
export interface StormOptions {
  readonly kills: number;
  /** Draws who is killed, when, and how long each message takes. The machine's own timing it cannot repeat. */
  readonly seed: number;
  /** @default remembers */
  readonly consumer?: Consumer;
  /** Called with each line of progress. */
  readonly tell: (line: string) => void;
}

/** What a storm came to. */
export interface StormReport {
  /** One for each kill. */
  readonly verdicts: readonly Verdict[];
  /** Messages that were accepted. */
  readonly accepted: number;
  /** How often a consumer was called with one. */
  readonly deliveries: number;
  /** Sends that were not answered, and made again. */
  readonly resent: number;
}

interface Round {
  readonly victim: Victim;
  /** From the first accepted message to the kill, in ms. */
  readonly afterMs: number;
  readonly accepted: string[];
}

/** Longest time that a message holds its consumer, in ms: the wrong one is to be found by a few kills. */
const MOST_WAIT_MS: Readonly<Record<Consumer, number>> = { remembers: 60, 'acts-first': 300 };
const SENDERS = 4;
/** Of one round: then its senders wait for the kill, so that consumers keep up. */
const MOST_MESSAGES = 20;
/** Each kill comes so long after the first accepted message, at most. */
const MOST_MS = 600;
/** Between two sends of one sender, in ms. */
const PACE_MS = 40;
/** Before something that failed is tried again, in ms. */
const AGAIN_MS = 30;
/** A queue that does not move for so long is stuck, in ms. */
const STUCK_MS = 60_000;

/** @throws when the platform does not come up, or never takes a message again */
export async function storm(options: StormOptions): Promise<StormReport> {
  const { kills, seed, consumer = 'remembers', tell } = options;
  const random = new Random(seed);
  const plan = Array.from({ length: kills }, (): Round => {
    const victim = VICTIMS[Math.floor(random.uniform() * VICTIMS.length)] ?? 'consumer';
    return { victim, afterMs: Math.round(random.uniform() * MOST_MS), accepted: [] };
  });
  const project = new StormProject(consumer);
  const platform = new StormPlatform(project);
  try {
    await platform.start();
    const flow = new Flow(platform, random.split('waits'), MOST_WAIT_MS[consumer]);
    for (const [index, round] of plan.entries()) {
      const before = flow.resent;
      await strike(platform, flow, round, index + 1);
      const again = flow.resent - before;
      tell(
        `  kill ${index + 1}/${kills}  ${round.victim} after ${round.afterMs} ms; ${again} sent again`,
      );
    }
    await flow.stop();
    tell('  The storm is over; what is left is delivered …');
    const ledger = await settled(platform);
    const verdicts = plan.map((round, index) => ({
      title: `kill ${index + 1} of ${round.victim}, ${round.accepted.length} messages`,
      disagreement: wrongWith(round.accepted, ledger),
    }));
    const accepted = plan.reduce((sum, round) => sum + round.accepted.length, 0);
    return { verdicts, accepted, deliveries: ledger.deliveries, resent: flow.resent };
  } finally {
    await platform.stop();
    project.remove();
  }
}

/** Messages flow, and go on flowing, while it is killed. */
async function strike(
  platform: StormPlatform,
  flow: Flow,
  { victim, afterMs, accepted }: Round,
  number: number,
): Promise<void> {
  await flow.begin(number, accepted);
  await pause(afterMs);
  const until = Date.now() + STUCK_MS;
  while (!(await platform.kill(victim).catch(() => false))) {
    if (Date.now() > until) throw new Error(`No ${victim} was there to be killed in a minute.`);
    await pause(AGAIN_MS);
  }
}

/** Senders, each of which sends a message until it is accepted, and then the next. */
class Flow {
  readonly #platform: StormPlatform;
  readonly #random: Random;
  readonly #mostWaitMs: number;
  readonly #senders: Promise<void>[];
  #round = 0;
  #accepted: string[] = [];
  #sent = 0;
  #isOver = false;
  #heard: PromiseWithResolvers<undefined> = Promise.withResolvers();
  /** Sends that were made again. */
  resent = 0;

  constructor(platform: StormPlatform, random: Random, mostWaitMs: number) {
    this.#platform = platform;
    this.#random = random;
    this.#mostWaitMs = mostWaitMs;
    this.#senders = Array.from({ length: SENDERS }, () => this.#send());
  }

  /** Resolves when the first message of the round is accepted. */
  async begin(round: number, accepted: string[]): Promise<void> {
    this.#round = round;
    this.#accepted = accepted;
    this.#heard = Promise.withResolvers();
    const late = new AbortController();
    const stuck = pause(STUCK_MS, 'late', { signal: late.signal }).catch(() => '');
    if ((await Promise.race([this.#heard.promise, stuck])) === 'late')
      throw new Error(`Before kill ${round} no message was accepted for a minute.`);
    late.abort();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#senders);
  }

  async #send(): Promise<void> {
    while (!this.#isOver) {
      await pause(PACE_MS);
      if (this.#round === 0 || this.#accepted.length >= MOST_MESSAGES) continue;
      const id = `${this.#round}-${(this.#sent += 1)}`;
      const waitMs = Math.round(this.#random.uniform() * this.#mostWaitMs);
      const accepted = this.#accepted;
      while (!(await this.#isAccepted(JSON.stringify({ id, waitMs })))) {
        this.resent += 1;
        await pause(AGAIN_MS);
      }
      accepted.push(id);
      if (accepted === this.#accepted) this.#heard.resolve(undefined);
    }
  }

  /** False also when the answer was lost: then it may be accepted, and is sent once more. */
  async #isAccepted(body: string): Promise<boolean> {
    try {
      const answer = await this.#platform.call('/api/orders', { method: 'POST', body });
      await answer.arrayBuffer();
      return answer.status === 202;
    } catch {
      return false;
    }
  }
}

/** What stands once no message is left, or none has moved for a minute. */
async function settled(platform: StormPlatform): Promise<Ledger> {
  let last = '';
  let movedAt = Date.now();
  for (;;) {
    const answer = await platform.call('/api/ledger').catch(() => null);
    const ledger = answer?.status === 200 ? ((await answer.json()) as Ledger) : null;
    if (ledger?.waiting.every(({ isDead }) => isDead) === true) return ledger;
    const state = ledger === null ? last : `${ledger.deliveries} ${ledger.waiting.length}`;
    if (state !== last) [last, movedAt] = [state, Date.now()];
    if (Date.now() - movedAt > STUCK_MS) {
      if (ledger === null) throw new Error('The platform does not answer for a minute.');
      return ledger;
    }
    await pause(AGAIN_MS * 10);
  }
}
