/**
 * `npm run bench -- --build`: the same generated lessons built by the course, by bare Astro and by
 * Starlight, in turn, several rounds. Prints its tables and writes them to `bench/site/BUILD.md`.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { machine } from '../machine.ts';
import { REPOSITORY } from '../packages.ts';
import { Workspace } from '../workspace.ts';
import { compressionIn } from './build-output.ts';
import { buildReport, type Build, type BuildRow } from './build-report.ts';
import { generateLessons, type GeneratedLesson } from './generated-lessons.ts';
import { measureCommand, MEMORY_METHOD } from './measured-command.ts';
import type { BuildOptions } from './options.ts';
import { installed, installPackages, SITE_BENCH } from './packages.ts';
import { pageSizes, type PageSizes } from './page-sizes.ts';
import { SUBJECTS, type Subject } from './subjects.ts';

/** A row while it is being made. */
interface Entry {
  readonly subject: Subject;
  readonly builds: Build[];
  few: PageSizes | null;
  many: PageSizes | null;
  failure: string | null;
}

type Tell = (text: string) => void;

export async function benchBuild(
  { lessons, rounds }: BuildOptions,
  tell: Tell,
  signal: AbortSignal,
): Promise<void> {
  const [busy = 0] = loadavg();
  installPackages(tell);
  const many = generateLessons(lessons);
  const few = many.slice(0, Math.round(lessons / 10));
  const entries = SUBJECTS.map((subject): Entry => ({
    subject,
    builds: [],
    few: null,
    many: null,
    failure: null,
  }));
  const attempt = async (entry: Entry, when: string, of: typeof many): Promise<Built | null> => {
    if (entry.failure !== null) return null;
    try {
      const built = await build(entry.subject, of, signal);
      const { wallS, cpuS, peakMb } = built.build.measured;
      const figures = `${wallS.toFixed(1)} s, ${cpuS.toFixed(1)} s of CPU, ${peakMb?.toFixed(0) ?? '?'} MB`;
      tell(`${when}, ${entry.subject.title}: ${of.length} lessons, all in all ${figures}`);
      return built;
    } catch (error) {
      signal.throwIfAborted();
      entry.failure = error instanceof Error ? error.message : String(error);
      tell(`${when}, ${entry.subject.title} failed: ${entry.failure}`);
      return null;
    }
  };
  for (const entry of entries) {
    entry.few = (await attempt(entry, 'a tenth', few))?.sizes ?? null;
  }
  for (let round = 0; round < rounds; round += 1) {
    // The first is another each time: what warms or tires the machine meets all alike.
    const turn = round % entries.length;
    for (const entry of [...entries.slice(turn), ...entries.slice(0, turn)]) {
      const built = await attempt(entry, `round ${round + 1} of ${rounds}`, many);
      if (built === null) continue;
      entry.builds.push(built.build);
      entry.many = built.sizes;
    }
  }
  const text = buildReport({
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    method: method(rounds, busy),
    lessons,
    rows: entries.map(rowOf),
  });
  process.stdout.write(`\n${text}`);
  writeFileSync(join(SITE_BENCH, 'BUILD.md'), text);
}

interface Built {
  readonly build: Build;
  readonly sizes: PageSizes;
}

/** In a folder of its own, from nothing: no cache of an earlier build is in it. */
async function build(
  subject: Subject,
  lessons: readonly GeneratedLesson[],
  signal: AbortSignal,
): Promise<Built> {
  const workspace = new Workspace();
  try {
    subject.prepare(workspace, lessons);
    const astro = join(workspace.folder, 'node_modules/astro/bin/astro.mjs');
    const measured = await measureCommand([process.execPath, astro, 'build'], {
      cwd: workspace.folder,
      env: { ...workspace.env, ASTRO_TELEMETRY_DISABLED: '1' },
      signal,
    });
    const sizes = pageSizes(join(workspace.folder, 'dist'));
    if (sizes.pages !== lessons.length) {
      throw new Error(`Expected ${lessons.length} pages, and it built ${sizes.pages}.`);
    }
    return { build: { measured, compression: compressionIn(measured.output) }, sizes };
  } finally {
    workspace.remove();
  }
}

function rowOf({ subject, builds, few, many, failure }: Entry): BuildRow {
  const { id, title } = subject;
  const versions =
    id === 'starlight'
      ? ['@astrojs/starlight', 'astro', 'vite', 'shiki'].map(installed).join(', ')
      : ['astro', '@astrojs/mdx', 'vite', 'shiki'].map(ownVersion).join(', ');
  return { id, title, versions, builds, few, many, failure };
}

/** Of a package that the course itself uses. */
function ownVersion(name: string): string {
  const manifest: unknown = JSON.parse(
    readFileSync(join(REPOSITORY, 'node_modules', name, 'package.json'), 'utf8'),
  );
  return `${name} ${(manifest as { version: string }).version}`;
}

/** @param busy load average of the machine before anything was built */
function method(rounds: number, busy: number): string[] {
  return [
    `${rounds} ${rounds === 1 ? 'round' : 'rounds'}, the three in turn within each, another first each time; median (least–most) over the rounds. Before them, each has built a tenth of the lessons once`,
    `Load average of the machine before the run: ${busy.toFixed(1)}; where it is not near 0, other work has shared the cores, and CPU time says more than time by the clock`,
    'The same MDX files in all three: seven sentences a section, six sections with a code block each (TypeScript, Python, shell, JSON), highlighted with Shiki’s theme css-variables. A project in a folder of its own for each build, with no cache of an earlier one',
    'Scale to Zero is a copy of this project whose lessons and questions are the generated ones, in four parts. Nothing is recorded: they have no demos, and the first figure of the home page is left out. All else is built as ever: the author’s check, the other pages, the functions for the tab, policies',
    'bare Astro is one collection and one page without styles. Starlight is as its docs begin, with its sidebar, without its search index and with Astro’s own highlighting in place of Expressive Code',
    'Compression is not counted; it is what the build itself says of it. CPU is user and system time of the build and all processes that it waited for',
    `Peak memory: ${MEMORY_METHOD}`,
  ];
}
