/**
 * `npm run bench`: the same handler under our platform and its peers, side by side on one machine,
 * in turn, several rounds. Prints its tables and writes them to `bench/RESULTS.md`. What is measured
 * of the site, with `--build` or `--pages`, is in `bench/site/`; of what stands around a function, with
 * `--data`, in `bench/data/`.
 */

import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { benchData, DATA_HELP } from './data/run.ts';
import { BareForks } from './bare-fork.ts';
import { behave } from './behaviour.ts';
import type { Cell } from './behaviour/check.ts';
import { Figures } from './figures.ts';
import { install, missing } from './install.ts';
import { LONGEST_WARM_UP, WARM_CALLS } from './load.ts';
import { machine, versions } from './machine.ts';
import { measureCold, measureStart, measureWarm } from './measure.ts';
import { MEMORY_METHOD } from './memory.ts';
import { helpText, parseOptions, type Options } from './options.ts';
import { BENCH } from './packages.ts';
import type { Peer } from './peer.ts';
import { PEERS } from './peers.ts';
import { course } from './peers/course.ts';
import { report, type Row } from './report.ts';
import { RunningPeer } from './running-peer.ts';
import { isOfSite, parseSiteOptions, siteHelp } from './site/options.ts';
import { runSite } from './site/run.ts';

/** A row while it is being made. */
interface Entry {
  readonly peer: Peer;
  readonly figures: Figures;
  readonly remarks: string[];
  cells: ReadonlyMap<string, Cell>;
  failure: string | null;
}

const IDS = PEERS.map(({ id }) => id);
const startedAt = performance.now();

async function main(options: Options): Promise<void> {
  const [busy = 0] = loadavg();
  const entries = PEERS.filter(({ id }) => options.only.includes(id)).map(entryOf);
  const started = entryOf(course);
  install(
    entries.map(({ peer }) => peer),
    tell,
  );
  for (const entry of entries) entry.failure = missing(entry.peer);
  for (let round = 0; round < options.rounds; round += 1) {
    // Who comes first is another each time: what warms or tires the machine meets all alike.
    for (const entry of [...entries.slice(round), ...entries.slice(0, round)]) {
      await measure(entry, options, `round ${round + 1} of ${options.rounds}`);
    }
    if (options.only.includes('ours')) {
      await attempt(started, `round ${round + 1}, ${course.title}`, () =>
        measureStart(course, started.figures),
      );
    }
  }
  if (options.behaviour) for (const entry of entries) await check(entry);
  const text = report({
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    method: method(options, busy),
    rows: entries.map(rowOf),
    course: options.only.includes('ours') ? rowOf(started) : null,
  });
  process.stdout.write(`\n${text}`);
  writeFileSync(join(BENCH, 'RESULTS.md'), text);
}

async function measure(entry: Entry, options: Options, when: string): Promise<void> {
  const { peer, figures, remarks } = entry;
  await attempt(entry, `${when}, ${peer.title}`, async () => {
    await measureWarm(peer, figures, options, (text) => remarks.push(text));
    const bareForks = peer.id === 'ours' ? new BareForks() : null;
    try {
      await measureCold(peer, figures, options, bareForks);
    } finally {
      bareForks?.remove();
    }
  });
}

async function check(entry: Entry): Promise<void> {
  const { peer } = entry;
  await attempt(entry, `behaviour, ${peer.title}`, async () => {
    entry.cells = await behave(peer, (title) => tell(`  ${title}`));
  });
}

/** A peer that has failed once is left out from there on, and reported with its reason. */
async function attempt(entry: Entry, what: string, task: () => Promise<void>): Promise<void> {
  if (entry.failure !== null) return;
  tell(what);
  try {
    await task();
  } catch (error) {
    entry.failure = `${what}: ${error instanceof Error ? error.message : String(error)}`;
    tell(`  failed: ${entry.failure}`);
  }
}

function entryOf(peer: Peer): Entry {
  return { peer, figures: new Figures(), remarks: [], cells: new Map(), failure: null };
}

function rowOf({ peer, ...rest }: Entry): Row {
  const { id, title, instance } = peer;
  return { id, title, instance, versions: versions(peer), ...rest };
}

/** @param busy load average of the machine before anything was measured */
function method({ rounds, warmUpMs, loadMs, coldStarts }: Options, busy: number): string[] {
  const s = (ms: number): string => `${ms / 1000} s`;
  return [
    `${rounds} rounds, the peers in turn within each, another first each time; median (least–most) over the rounds`,
    `Load average of the machine before the run: ${busy.toFixed(1)}; where it is not near 0, other work has shared the cores, and only what lies far apart counts`,
    'Everything on the loopback interface, without accounts, telemetry off; each start in a folder of its own',
    `Load: a closed loop from a process of its own, node:http with one kept connection a client, ${s(warmUpMs)} of warm-up and longer until each client has made ${WARM_CALLS} calls (${s(warmUpMs * LONGEST_WARM_UP)} at most), then ${s(loadMs)}; times to the last byte of the answer`,
    `Cold start: the first call after the last instance has left, ${coldStarts} a round; only for peers that let instances leave, or start one for every call`,
    `Memory: ${MEMORY_METHOD}`,
    'bare node:http is the same handler in a process that only serves it; bare relay is a server before ten such processes, which hands each call to one of them and does nothing else. They are floors and no platforms',
    'Peers that take TypeScript get it, but vercel dev: it checks types anew on every call, and gets JavaScript, as do those that take nothing else',
  ];
}

function tell(text: string): void {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stderr.write(`${String(seconds).padStart(5)} s  ${text}\n`);
}

/** What was started goes with us. */
function stopOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void RunningPeer.stopAll().then(() => process.exit(130));
    });
  }
}

async function run(args: readonly string[]): Promise<void> {
  if (args.includes('--data')) {
    if (args.length > 1) throw new Error('Expected --data alone: it takes no other option.');
    return benchData(tell);
  }
  const ofSite = isOfSite(args) ? parseSiteOptions(args) : null;
  if (ofSite !== null && ofSite.task !== 'help') return runSite(ofSite, tell);
  const options = ofSite === null ? parseOptions(args, IDS) : null;
  if (options === null || options.help) {
    process.stdout.write(`${helpText(IDS)}\n${siteHelp()}\n${DATA_HELP}`);
    return;
  }
  stopOnSignal();
  await main(options);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
