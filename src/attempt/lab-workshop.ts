/** Runs and checks a reader's code in sandboxes of this tab. */

import type { FunctionSpec } from '#faas/core/function.ts';
import { readSandboxTexts, type SandboxTexts } from '#faas/drivers/web-worker/sandbox.ts';
import { sandboxesAhead } from '#faas/drivers/web-worker/sandbox-ahead.ts';
import { WebWorkerDriver } from '#faas/drivers/web-worker/web-worker-driver.ts';
import { CheckFailure } from '#faas/labs/check-failure.ts';
import type { NamedOutcome } from '#faas/labs/checked-lab.ts';
import type { EntryRequest } from '#faas/labs/entry-calls.ts';
import type { LabCheck } from '#faas/labs/lab-check.ts';
import { LabStage } from '#faas/labs/lab-stage.ts';
import type { Outside } from '#faas/labs/shared-world.ts';
import type { TimelineView } from '#faas/core/trace/timeline.ts';
import entryRuntime from '#faas/labs/entry-runtime.ts?raw';
import { runChecks, type CheckVerdict, type OnCheckProgress } from '#faas/labs/run-checks.ts';
import { parametersOf } from '#faas/labs/variant.ts';
import type { Run } from '../demo/places/place.ts';
import { TabPlace } from '../demo/places/tab.ts';
import { BASE } from '../site/base.ts';
import { entryBody } from './entry-body.ts';
import { syntaxFault, toJavaScript, withoutImports, type CodeFault } from './javascript.ts';

/**
 * A loop that does not end is stopped after so long, in ms. Long enough that a machine which is busy
 * with something else is not taken for a loop; buffers have a limit of their own.
 */
const SILENCE_MS = 1000;
/** A call may wait no longer than this, in s. */
const CALL_LIMIT_S = 5;
const MEMORY_LIMIT_MB = 256;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What a lab's code has to be. */
export interface WorkshopLab {
  /** The last part of its id. */
  readonly name: string;
  /** It exports named functions, and no handler. */
  readonly hasEntry: boolean;
  /** What it begins with: its parameters hold where the reader's code has lost them. @default none */
  readonly start?: string;
}

/** The code of another lab that this one may import. */
export interface UsedCode {
  /** As it is imported: `./bill.ts`. */
  readonly specifier: string;
  /** In TypeScript. */
  readonly code: string;
}

/** One call as the reader asks for it. */
export interface AskedCall {
  readonly method: string;
  /** Begins with `?`, or is empty. */
  readonly query: string;
  readonly body: string | null;
}

/** What calls came to that ran on several instances with one world outside of them. */
export interface SharedOutcome extends NamedOutcome {
  /** Lines that they printed. */
  readonly logs: readonly string[];
  readonly timeline: TimelineView;
}

/** Thrown where the code cannot run at all. */
export class BrokenCode extends Error {
  readonly fault: CodeFault;

  constructor(fault: CodeFault) {
    super(`Line ${fault.line}: ${fault.message}`);
    this.fault = fault;
  }
}

let texts: Promise<SandboxTexts> | null = null;

/** What sandboxes are made of, fetched once. @throws when it does not come; the next call tries again */
export function sandboxTexts(): Promise<SandboxTexts> {
  texts ??= readSandboxTexts(BASE);
  texts.catch(() => (texts = null));
  return texts;
}

export class LabWorkshop {
  readonly #lab: WorkshopLab;
  readonly #createWorker: ReturnType<typeof sandboxesAhead>;
  /** The code that Run has called last, with its instances. */
  #place: { readonly code: string; readonly place: TabPlace } | null = null;
  #used: readonly UsedCode[] = [];

  private constructor(lab: WorkshopLab, createWorker: ReturnType<typeof sandboxesAhead>) {
    this.#lab = lab;
    this.#createWorker = createWorker;
  }

  /** @param life ends every instance @throws when the texts of the sandbox do not come */
  static async open(lab: WorkshopLab, life: AbortSignal): Promise<LabWorkshop> {
    const workshop = new LabWorkshop(lab, sandboxesAhead(await sandboxTexts(), life));
    life.addEventListener('abort', () => void workshop.#place?.place.close(), { once: true });
    return workshop;
  }

  /** What the code imports from now on. */
  uses(used: readonly UsedCode[]): void {
    const codeOf = (all: readonly UsedCode[]): string =>
      JSON.stringify(all.map(({ code }) => code));
    if (codeOf(used) !== codeOf(this.#used)) {
      void this.#place?.place.close();
      this.#place = null;
    }
    this.#used = used;
  }

  /** Address that the code answers at. */
  get route(): string {
    return `/api/lab/${this.#lab.name}`;
  }

  /**
   * One call. The instance of the last run answers it, if the code is the same.
   * @throws BrokenCode, and what is wrong with the calls of named functions
   */
  async run(code: string, { method, query, body }: AskedCall, signal: AbortSignal): Promise<Run> {
    const place = await this.#placeFor(code);
    const headers: [string, string][] = body === null ? [] : [['content-type', 'application/json']];
    const sent = this.#lab.hasEntry ? entryBody(body ?? '') : body;
    const call = { function: this.route, method, url: this.route + query, headers, body: sent };
    const run = await place.call(call, signal);
    const fault = run.status === 500 ? loadFault(run.body, code) : null;
    if (fault !== null) throw new BrokenCode(fault);
    return run;
  }

  /**
   * The calls on new instances, each on its own if there are as many.
   * @param text the calls as the reader writes them, with `instances` beside them
   * @throws BrokenCode, and what is wrong with the calls of named functions
   */
  async runShared(
    code: string,
    text: string,
    outside: () => Outside,
    signal: AbortSignal,
  ): Promise<SharedOutcome> {
    const asked = JSON.parse(entryBody(text)) as EntryRequest & { readonly instances?: number };
    const { calls, schedule = [], instances = calls.length } = asked;
    const stage = new LabStage(this.#function(code), signal);
    try {
      const named = calls.map(({ entry, args }) => [entry, ...args] as const);
      const outcome = await stage.interleaved(named, { outside, schedule, instances });
      return { ...outcome, logs: stage.logs, timeline: stage.timeline };
    } catch (error) {
      const fault = syntaxFault(code);
      if (error instanceof CheckFailure && fault !== null) throw new BrokenCode(fault);
      throw error;
    } finally {
      await stage.close();
    }
  }

  /** The place of the last run, for its lanes; null before the first. */
  get place(): TabPlace | null {
    return this.#place?.place ?? null;
  }

  /** @throws BrokenCode, and the signal's reason */
  check(
    code: string,
    checks: readonly LabCheck[],
    signal: AbortSignal,
    onProgress: OnCheckProgress = () => undefined,
  ): Promise<CheckVerdict[]> {
    const { driver, spec } = this.#function(code);
    const parameters = parametersOf(this.#lab.start ?? '', code);
    return runChecks({ checks, lab: { driver, spec, parameters }, signal, onProgress });
  }

  async #placeFor(code: string): Promise<TabPlace> {
    if (this.#place?.code === code) return this.#place.place;
    const { driver, spec } = this.#function(code);
    const last = this.#place;
    const place = new TabPlace([spec], driver);
    this.#place = { code, place };
    await last?.place.close();
    return place;
  }

  #function(code: string): { driver: WebWorkerDriver; spec: FunctionSpec } {
    const importable = this.#used.map(({ specifier }) => specifier);
    const stripped = toJavaScript(code, importable);
    if ('fault' in stripped) throw new BrokenCode(stripped.fault);
    const module = this.#lab.hasEntry ? aroundEntries(stripped.code, this.#used) : stripped.code;
    const driver = new WebWorkerDriver({
      codeOf: () => () => Promise.resolve(module),
      createWorker: this.#createWorker,
      origin: 'https://lab.invalid',
      silenceMs: SILENCE_MS,
    });
    return { driver, spec: this.#spec(code) };
  }

  #spec(code: string): FunctionSpec {
    return {
      name: this.route,
      revision: '1',
      route: this.route,
      file: `${this.#lab.name}.ts`,
      runtime: 'node',
      methods: METHODS,
      code: nameOf(code),
      maxDurationS: CALL_LIMIT_S,
      memoryMb: MEMORY_LIMIT_MB,
    };
  }
}

/** Where the functions of the labs that this one imports are found by it, each by its specifier. */
const USED = 'globalThis.$usedLabs';

/** A module that hands the calls to the functions of `code`, which stays a module with its own lines. */
function aroundEntries(code: string, used: readonly UsedCode[]): string {
  const others = used.map(
    (one) => `${placeOf(one.specifier)} = await import(${moduleOf(withoutTypes(one.code))});`,
  );
  return `${withoutTypes(entryRuntime)}
${USED} = {}; ${others.join(' ')}
export default entryHandler(await import(${moduleOf(withoutImports(code, placeOf))}));
`;
}

function placeOf(specifier: string): string {
  return `${USED}[${JSON.stringify(specifier)}]`;
}

/** An expression for the address of a module. */
function moduleOf(code: string): string {
  return `URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: 'text/javascript' }))`;
}

/** @throws BrokenCode */
function withoutTypes(code: string): string {
  const stripped = toJavaScript(code);
  if ('fault' in stripped) throw new BrokenCode(stripped.fault);
  return stripped.code;
}

/** A name for this text in traces and receipts: FNV-1a, 32 bits, as hex. It proves nothing. */
function nameOf(code: string): string {
  let hash = 0x811c9dc5;
  for (const unit of code) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Mistakes that only the browser's own parser notices come without a line: the grammar knows one. */
function loadFault(body: string, code: string): CodeFault | null {
  return body.includes('SyntaxError') ? syntaxFault(code) : null;
}
