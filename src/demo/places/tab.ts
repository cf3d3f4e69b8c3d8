/** Functions in this very tab, each instance a worker: for a host that only serves files, or none. */

import { HEADERS, TAB_FUNCTIONS, TAB_RULES, type TabFunction } from '#faas/api.ts';
import type { DoorRules } from '#faas/core/rules/route-rules.ts';
import { makePolicy } from '#faas/core/scaling/policies.ts';
import { PolicyPlan } from '#faas/core/scaling/policy-plan.ts';
import { eventsOfTree } from '#faas/core/trace/call-tree.ts';
import type { TraceEvent } from '#faas/core/trace/trace.ts';
import { MAX_BODY_BYTES } from '#faas/platform/host-options.ts';
import { Platform } from '#faas/platform/platform.ts';
import { PoliciesInForce } from '#faas/platform/policies-in-force.ts';
import type { FunctionSpec } from '#faas/core/function.ts';
import type { Driver, RequestMessage, ResponseMessage } from '#faas/drivers/protocol.ts';
import { liveIds } from '#faas/platform/live-ids.ts';
import { realClock } from '#faas/platform/real-clock.ts';
import { openSandbox, readSandboxTexts, readText } from '#faas/drivers/web-worker/sandbox.ts';
import {
  WebWorkerDriver,
  type HandedToInstance,
} from '#faas/drivers/web-worker/web-worker-driver.ts';
import { PlaceTrace } from './place-trace.ts';
import { readJson } from './json.ts';
import { TabDoor, type TabRules } from './tab-door.ts';
import type { FirstLoad, FunctionCall, LiveInstance, Place, Run, Scaling } from './place.ts';
import { runOf } from './run.ts';
import { StoreInWait } from './store-in-wait.ts';
import { TabCalls } from './tab-calls.ts';

/** How long to wait for the event that ends a request, in ms. It follows the answer at once; a longer wait is a bug. */
const EVENT_PATIENCE_MS = 1000;

/** The platform itself, with workers as instances. */
export class TabPlace implements Place {
  readonly name = 'tab';
  readonly noObjects =
    'A tab has no object store that could keep a picture. Run the course with npm start to send one.';
  readonly trace = new PlaceTrace();
  readonly scaling: Scaling;
  readonly #driver: Driver;
  readonly #platform: Platform;
  readonly #store: StoreInWait | null;

  /**
   * @param driver runs each of the functions, or says what is missing
   * @param rules of the front door. @default none
   * @param store of the functions that may use one. @default none
   * @param calls of one another. @default each may call all
   */
  constructor(
    functions: readonly FunctionSpec[],
    driver: Driver,
    rules?: TabRules,
    store?: StoreInWait,
    calls?: TabCalls,
  ) {
    this.#driver = driver;
    this.#store = store ?? null;
    const newId = liveIds('tab');
    const emit = (event: TraceEvent): void => this.trace.add(event);
    const maxBodyBytes = MAX_BODY_BYTES.default;
    // At first as on the local platform.
    const plan = new PolicyPlan();
    this.#platform = new Platform({
      functions,
      driverFor: () => this.#driver,
      policyFor: ({ name }) => makePolicy(plan.choiceFor(name)),
      clock: realClock,
      newId,
      emit,
      place: 'tab',
      ...(calls !== undefined && {
        whyNoCall: (caller, callee) => calls.whyNot(caller, callee),
        twinOf: (spec) => calls.twinOf(spec),
      }),
      ...(rules !== undefined && {
        door: new TabDoor(rules, { clock: realClock, emit, maxBodyBytes }),
      }),
    });
    calls?.bind(this.#platform);
    const callIn = (instance: string) => this.#platform.callIn(instance);
    const consumers = functions.filter(isConsumer);
    const call = (request: RequestMessage) => this.#platform.handle(request);
    store?.bind({ clock: realClock, newId, emit, callIn, consumers, call });
    const policies = new PoliciesInForce(this.#platform, plan);
    this.scaling = {
      policyOf: (fn) => Promise.resolve(plan.choiceFor(fn)),
      scale(fn, policy) {
        if (policy === null) policies.reset(fn);
        else policies.set(fn, policy);
        return Promise.resolve();
      },
    };
  }

  /** Null when the site was built without functions for the tab. @param base URL of the site's root */
  static async open(base: string, signal: AbortSignal): Promise<TabPlace | null> {
    const functions = await readJson<TabFunction[]>(base + TAB_FUNCTIONS, signal);
    if (functions === null) return null;
    const guarded = functions.filter((one) => one.guarded).map(({ route }) => route);
    const stores = functions.filter((one) => one.stores).map(({ name }) => name);
    const store = new StoreInWait(base, new Set(stores));
    const rules: TabRules = {
      routes: new Set(guarded),
      read: () => readJson<DoorRules>(base + TAB_RULES, new AbortController().signal),
    };
    const calls = new TabCalls(functions);
    const handed = (spec: FunctionSpec, instance: string): HandedToInstance => {
      const lent = store.handed(spec, instance);
      const toOthers = calls.answerFor(instance);
      return {
        variables: lent?.variables ?? null,
        answer: (asked) => toOthers(asked) ?? lent?.answer(asked) ?? null,
      };
    };
    return new TabPlace(functions, driverOf(functions, base, handed), rules, store, calls);
  }

  missing(name: string): string | null {
    const spec = this.#platform.functions.find((one) => one.name === name);
    return spec === undefined
      ? `This site has no function ${name}. Load the page again: it may be older than the site.`
      : this.#driver.missing(spec);
  }

  loadsFirst(name: string): Promise<FirstLoad | null> {
    return this.#store?.loadsFirst(name) ?? Promise.resolve(null);
  }

  async call(call: FunctionCall, signal: AbortSignal): Promise<Run> {
    const message = await messageOf(call);
    await this.#store?.prepare(call.function);
    signal.throwIfAborted();
    const at = Date.now();
    const asked = performance.now();
    const response = await this.#platform.handle(message, signal);
    signal.throwIfAborted();
    const body = await textOf(response);
    const totalMs = performance.now() - asked;
    const { status, headers } = response;
    const request = headers.find(([name]) => name === HEADERS.request)?.[1];
    if (request !== undefined) await this.trace.settled(request, EVENT_PATIENCE_MS);
    return runOf(this.name, call, { status, headers, body, at, totalMs }, this.trace.events);
  }

  tree(request: string): Promise<readonly TraceEvent[]> {
    return Promise.resolve(eventsOfTree(this.trace.events, request));
  }

  instances(): Promise<readonly LiveInstance[]> {
    return Promise.resolve(this.#platform.instances());
  }

  /** Ends every instance at once. */
  async close(): Promise<void> {
    for (const { id } of this.#platform.instances()) this.#platform.kill(id);
    await this.#platform.stop();
  }
}

/** Whether messages are brought to it. A lab's function has no queue. */
function isConsumer(spec: FunctionSpec): spec is TabFunction {
  return 'queue' in spec && spec.queue !== null;
}

function driverOf(
  functions: readonly TabFunction[],
  base: string,
  handed: (spec: FunctionSpec, instance: string) => HandedToInstance,
): Driver {
  const sandbox = once(() => readSandboxTexts(base));
  const codes = new Map<string, () => Promise<string>>();
  for (const { name, module } of functions) {
    if (module !== null)
      codes.set(
        name,
        once(() => readText(module)),
      );
  }
  return new WebWorkerDriver({
    codeOf: ({ name }) => codes.get(name) ?? null,
    createWorker: async (life) => openSandbox(await sandbox(), life),
    handed,
  });
}

/** Reads once; after a failure the next call reads again. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null;
  return () => {
    const begun = (reading ??= read());
    begun.catch(() => (reading = null));
    return begun;
  };
}

/** As `fetch` would send it: with the headers it adds by itself. */
async function messageOf({ method, url, headers, body }: FunctionCall): Promise<RequestMessage> {
  const request = new Request(new URL(url, location.origin), {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    body,
  });
  const bytes = body === null ? null : new Uint8Array(await request.arrayBuffer());
  return { method, url, headers: [...request.headers], body: bytes };
}

/** @throws when the body breaks off */
async function textOf({ body }: ResponseMessage): Promise<string> {
  const decoder = new TextDecoder();
  if (body === null) return '';
  if (body instanceof Uint8Array) return decoder.decode(body);
  let text = '';
  for await (const piece of body) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}
