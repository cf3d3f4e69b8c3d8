import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import type { CheckedLab } from '#faas/labs/checked-lab.ts';

type Door = 'allow' | 'admit';

/** A moment at which the checks begin, in ms. */
const NOON = 1_700_000_000_000;
const HOUR_MS = 3_600_000;

function rateOf({ parameters }: CheckedLab): number {
  return Number(parameters['rate']);
}

function burstOf({ parameters }: CheckedLab): number {
  return Number(parameters['burst']);
}

/** How long a token takes to grow, in ms. */
function tokenMs(lab: CheckedLab): number {
  return 1000 / rateOf(lab);
}

/** What a door says to one key at these times, in ms after noon, one after another. */
async function says(
  lab: CheckedLab,
  door: Door,
  times: readonly number[],
  key = 'ada',
): Promise<unknown[]> {
  const calls = times.map((time) => [door, key, NOON + time] as const);
  const { results } = await lab.interleaved(calls);
  return results.map(({ value }) => value);
}

function letIn(verdicts: readonly unknown[]): number {
  return verdicts.filter((verdict) => verdict === true).length;
}

/** Times from `from` on, `step` ms apart. */
function every(step: number, count: number, from = 0): number[] {
  return Array.from({ length: count }, (_none, index) => from + index * step);
}

function atOnce(count: number, time = 0): number[] {
  return every(0, count, time);
}

/** Empties the bucket, and answers nothing. */
async function empty(lab: CheckedLab, door: Door, key = 'ada'): Promise<void> {
  await says(lab, door, atOnce(burstOf(lab)), key);
}

/** The rule that is written down, in quarters of a token, so that no number has to be rounded. */
function expectedOf(lab: CheckedLab, quarters: readonly number[]): boolean[] {
  const most = burstOf(lab) * 4;
  let left = most;
  let last = 0;
  return quarters.map((at) => {
    left = Math.min(most, left + at - last);
    last = at;
    if (left < 4) return false;
    left -= 4;
    return true;
  });
}

/** Four hundred moments, in quarters of a token: now and then a crowd, now and then a silence. */
function someMoments(): number[] {
  let state = 4711;
  let at = 0;
  return Array.from({ length: 400 }, () => {
    state = (state * 16_807) % 2_147_483_647;
    const kind = state % 20;
    at += kind === 0 ? state % 90 : kind < 8 ? 0 : state % 5;
    return at;
  });
}

/** Who comes every `step` of a token's time for `tokens` of them, after the bucket was emptied. */
async function steadily(
  lab: CheckedLab,
  door: Door,
  step: number,
  tokens: number,
): Promise<unknown[]> {
  await empty(lab, door);
  const ms = tokenMs(lab) * step;
  return says(lab, door, every(ms, Math.round(tokens / step), ms));
}

export default [
  firstLight('lets a whole burst in at once, and refuses the next call', async (lab) => {
    const burst = burstOf(lab);
    const verdicts = await says(lab, 'allow', atOnce(burst + 1));
    lab.same(verdicts, [...Array<boolean>(burst).fill(true), false], {
      what: `the answers to ${burst + 1} calls at one moment`,
    });
  }),

  contract('lets one more in when a token has grown, and not before', async (lab) => {
    await empty(lab, 'allow');
    const ms = tokenMs(lab);
    const verdicts = await says(lab, 'allow', [ms - 1, ms, ms]);
    lab.same(verdicts, [false, true, false], {
      what: `the answers ${ms - 1} ms after the bucket was emptied, then twice at ${ms} ms`,
      detail: `${rateOf(lab)} tokens grow in a second, so one takes ${ms} ms.`,
    });
  }),

  contract('keeps the part of a token that is left over', async (lab) => {
    await empty(lab, 'allow');
    const ms = tokenMs(lab);
    const verdicts = await says(lab, 'allow', [ms * 1.5, ms * 2]);
    lab.same(verdicts, [true, true], {
      what: `the answers ${ms * 1.5} and ${ms * 2} ms after the bucket was emptied`,
      detail: 'One and a half have grown, one is taken. Half a token later there is a whole one.',
    });
  }),

  contract('holds no more than a burst, however long nobody came', async (lab) => {
    const burst = burstOf(lab);
    await says(lab, 'allow', [0]);
    const verdicts = await says(lab, 'allow', atOnce(burst * 2, HOUR_MS));
    lab.same(letIn(verdicts), burst, {
      what: `calls let in of ${burst * 2} at one moment, after an hour`,
    });
  }),

  contract('gives each key a bucket of its own, full when it first comes', async (lab) => {
    await empty(lab, 'allow', 'ada');
    const verdicts = await says(lab, 'allow', atOnce(burstOf(lab)), 'bea');
    lab.same(letIn(verdicts), burstOf(lab), { what: 'calls of bea let in, after ada’s burst' });
    lab.same(await says(lab, 'allow', [0]), [false], { what: 'the answer to ada after that' });
  }),

  contract('takes nothing for a refusal, however often somebody asks', async (lab) => {
    const verdicts = await steadily(lab, 'allow', 0.25, 20);
    lab.same(letIn(verdicts), 20, {
      what: `calls let in of ${verdicts.length}, ${tokenMs(lab) / 4} ms apart, after the bucket was emptied`,
      detail: 'Twenty tokens have grown in that time. A refusal leaves the bucket as it is.',
    });
  }),

  contract('admit lets somebody in again who keeps asking', async (lab) => {
    const verdicts = await steadily(lab, 'admit', 0.75, 15);
    lab.same(letIn(verdicts), 15, {
      what: `calls that admit lets in of ${verdicts.length}, ${tokenMs(lab) * 0.75} ms apart, after the jar was emptied`,
      detail: 'Fifteen tokens have grown in that time.',
    });
  }),

  contract('admit lets in as many as tokens have grown, and no more', async (lab) => {
    const verdicts = await steadily(lab, 'admit', 0.25, 8);
    lab.same(letIn(verdicts), 8, {
      what: `calls that admit lets in of ${verdicts.length}, ${tokenMs(lab) / 4} ms apart, after the jar was emptied`,
      detail: 'Eight tokens have grown in that time.',
    });
    const burst = burstOf(lab);
    for (const [when, time] of [
      ['when she first comes', 8 * tokenMs(lab)],
      ['an hour later', 8 * tokenMs(lab) + HOUR_MS],
    ] as const) {
      const crowd = await says(lab, 'admit', atOnce(burst * 2, time), 'cat');
      lab.same(letIn(crowd), burst, {
        what: `calls of cat that admit lets in of ${burst * 2} at one moment, ${when}`,
        detail: 'Each key has a jar of its own, and it holds no more than a burst.',
      });
    }
  }),

  edge('is exact after ten refusals, each a tenth of a token later', async (lab) => {
    const verdicts = await steadily(lab, 'allow', 0.1, 1);
    lab.same(verdicts, [...Array<boolean>(9).fill(false), true], {
      what: `the answers to ten calls, ${tokenMs(lab) / 10} ms apart, after the bucket was emptied`,
      detail: 'Ten times 0.1 is 0.9999999999999999 to a computer, if you add it up.',
    });
  }),

  edge('gives nothing for a clock that goes back, and takes nothing', async (lab) => {
    await empty(lab, 'allow');
    const ms = tokenMs(lab);
    const verdicts = await says(lab, 'allow', [-HOUR_MS, ms, ms]);
    lab.same(verdicts, [false, true, false], {
      what: `the answers an hour before the bucket was emptied, then twice ${ms} ms after`,
      detail: 'The clock of a machine is put right now and then.',
    });
    await says(lab, 'allow', atOnce(burstOf(lab) - 2), 'bea');
    lab.same(await says(lab, 'allow', [-HOUR_MS, 0, 0], 'bea'), [true, true, false], {
      what: 'the answers to bea, who has two tokens left, an hour earlier and then twice now',
      detail:
        'A clock that goes back takes no tokens away. When it is put right again, no hour has passed.',
    });
  }),

  edge('keeps apart keys that are named like parts of an object', async (lab) => {
    for (const key of ['constructor', '__proto__', 'toString']) {
      const verdicts = await says(lab, 'allow', atOnce(burstOf(lab) + 1), key);
      lab.same(letIn(verdicts), burstOf(lab), { what: `calls of ${key} let in at one moment` });
    }
  }),

  edge('in no window lets in more than a burst and rate × time, nor fewer', async (lab) => {
    const moments = someMoments();
    const quarter = tokenMs(lab) / 4;
    const verdicts = await says(
      lab,
      'allow',
      moments.map((at) => at * quarter),
    );
    const expected = expectedOf(lab, moments);
    const wrong = verdicts.findIndex((verdict, index) => verdict !== expected[index]);
    if (wrong === -1) return;
    const at = (moments[wrong] ?? 0) * quarter;
    lab.same(verdicts[wrong], expected[wrong], {
      what: `the answer to call ${wrong + 1} of ${verdicts.length}, after ${at} ms`,
      detail: `The five before it came after ${moments
        .slice(Math.max(0, wrong - 5), wrong)
        .map((moment) => moment * quarter)
        .join(', ')} ms.`,
    });
  }),
];
