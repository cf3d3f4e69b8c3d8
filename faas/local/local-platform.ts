/** The platform of one machine: runs the functions of a project as processes, behind a gateway. */

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { CONTROLS, FUNCTIONS_VARIABLE } from '../api.ts';
import type { FunctionSpec } from '../core/function.ts';
import { makePolicy } from '../core/scaling/policies.ts';
import type { TraceEvent } from '../core/trace/trace.ts';
import { PolicyPlan } from '../core/scaling/policy-plan.ts';
import { Platform } from '../platform/platform.ts';
import { PoliciesInForce } from '../platform/policies-in-force.ts';
import { ProcessDriver } from '../drivers/process/driver.ts';
import { ObjectStore } from '../resources/objects/object-store.ts';
import { whyNotCalled } from '../resources/grant-refusal.ts';
import type { Resource, Variables } from '../resources/resource.ts';
import { callRemote } from '../resources/queue/remote-call.ts';
import { QueueTriggers } from '../resources/queue/queue-triggers.ts';
import { namedDatabase } from '../resources/store/find-database.ts';
import { STORE_FOLDER, StoreResource } from '../resources/store/store-resource.ts';
import { SplitsInForce } from '../platform/splits-in-force.ts';
import { liveIds } from '../platform/live-ids.ts';
import { realClock } from '../platform/real-clock.ts';
import { dependents } from '../project/dependents.ts';
import { EventLog } from '../gateway/event-log.ts';
import { faultResource } from './fault-resource.ts';
import { describeMistake, isFunctionFile, readFunctions } from '../project/functions.ts';
import { RouteDoors } from '../core/rules/front-door.ts';
import { WebDoorChecks } from '../platform/door-checks.ts';
import { RuleDoor } from '../platform/door.ts';
import { projectVariables } from '../drivers/process/runtime-command.ts';
import { KnownMethods } from '../project/known-methods.ts';
import {
  callsGranted,
  isGranted,
  PLATFORM_FILE,
  readPlatformFile,
  twinAt,
  type PlatformFile,
} from '../project/platform-file.ts';
import { readRevisions, type ProjectRevisions } from '../project/revisions.ts';
import { Gateway, type Site } from '../gateway/gateway.ts';
import type { ServeOptions } from './serve-options.ts';
import { checkFunctions } from './policy-option.ts';
import { BrokenFile } from './broken-file.ts';
import { policyResource } from './policy-resource.ts';
import { splitResource } from './split-resource.ts';
import { isSameToken } from '../gateway/guard.ts';
import { isHeldBy } from './socket-owner.ts';

/** Folder of the functions, and the first segment of their URLs. */
export const FUNCTIONS_FOLDER = 'api';

/** Folder of what functions keep; git ignores it. */
export const DATA_FOLDER = '.faas';

/** How often queues are looked at whose senders are elsewhere as well, in ms. */
const LOOK_EVERY_MS = 1_000;

/** What a local platform is made from. */
export interface LocalPlatformOptions {
  /** Folder of the project. */
  readonly root: string;
  readonly site: Site;
  readonly options: ServeOptions;
  /** Whether problem documents show stacks. */
  readonly development: boolean;
  /** Called with each error in the platform's own code. */
  readonly onError: (error: unknown) => void;
  /** Where databases and objects of the functions lie. @default `.faas` in the project */
  readonly dataFolder?: string;
  /** Origin of other functions that queues deliver to; null for those here. @default what the options say */
  readonly deliverTo?: () => string | null;
  /** Called with each line of progress while Python packages are installed. @default none */
  readonly onProgress?: (line: string) => void;
}

/** Connects project, platform, drivers and gateway, and follows changes of files. */
export class LocalPlatform {
  readonly gateway: Gateway;
  readonly #root: string;
  readonly #platform: Platform;
  readonly #driver: ProcessDriver;
  readonly #methods: KnownMethods;
  /** What functions are handed. */
  readonly #resources: readonly Resource[];
  readonly #queues: QueueTriggers;
  readonly #splits: SplitsInForce;
  /** Functions by their own files, without other revisions. */
  #own: readonly FunctionSpec[] = [];
  /** Mistakes, by the file that has them. */
  #mistakes: ReadonlyMap<string, string> = new Map();
  /** Mistakes in files of the project, each with file, line and cure. */
  mistakes: readonly string[] = [];
  /** What functions are granted, and the rules before them. A save with a mistake changes nothing. */
  platformFile: PlatformFile;
  readonly #rules: RouteDoors;
  /** Signs sessions. Functions that are granted them have it, and so has the door. */
  readonly #sessionSecret: string;

  /** @throws when the project's functions or options are invalid */
  constructor(given: LocalPlatformOptions) {
    const { root, site, options, development, onError, onProgress } = given;
    const { dataFolder = join(root, DATA_FOLDER) } = given;
    const { deliverTo = () => options.deliverTo || null } = given;
    this.#root = root;
    this.#methods = new KnownMethods(join(root, 'node_modules/.cache/scale-to-zero/methods.json'));
    this.#driver = new ProcessDriver({
      root,
      ...(onProgress && { onProgress }),
      variablesFor: (spec, instance) => this.#variablesFor(spec, instance),
    });
    const log = new EventLog();
    const newId = liveIds();
    const store = new StoreResource({
      root,
      folder: join(dataFolder, STORE_FOLDER),
      env: process.env,
      clock: realClock,
      newId,
      emit: (event) => {
        log.append(event);
        this.#queues.saw(event);
      },
      onRun: (batch) => this.#queues.heard(batch),
      idleMs: options.storeIdleMs,
      grants: () => this.platformFile.grants,
      isLive: (instance) => this.#platform.isLive(instance),
      callIn: (instance) => this.#platform.callIn(instance),
      isOwnToken: (token) => isSameToken(token, options.token),
    });
    const objects = new ObjectStore({
      folder: join(dataFolder, 'objects'),
      isGranted: (name) => isGranted(this.platformFile.grants, name, 'objects'),
      now: () => realClock.now(),
      emit: (event) => log.append(event),
    });
    this.#queues = new QueueTriggers({
      folder: join(dataFolder, 'queue'),
      run: (batch) => store.run(batch),
      isShared: () => namedDatabase(root, process.env) !== null,
      lookEveryMs: options.deliverTo === '' ? null : LOOK_EVERY_MS,
      call: (request) => {
        const origin = deliverTo();
        return origin === null ? this.#platform.handle(request) : callRemote(origin, request);
      },
      clock: realClock,
      newId,
      random: Math.random,
      emit: (event) => log.append(event),
    });
    this.#resources = [store, objects, this.#queues];
    this.#own = this.#read();
    const { content, mistakes } = readPlatformFile(root, routesOf(this.#own), FUNCTIONS_FOLDER);
    // Without its rules a function would be open to everyone.
    if (content === null) throw new Error(mistakes.map(describeMistake).join('\n'));
    this.platformFile = content;
    const { functions, splits } = this.#revisions();
    this.#methods.save();
    this.#sessionSecret = sessionSecret(root);
    this.#rules = new RouteDoors(content, new WebDoorChecks(this.#sessionSecret));
    checkFunctions(
      options.policies,
      functions.map(({ name }) => name),
    );
    const plan = new PolicyPlan({ ...options.policies, limits: options });
    const emit = (event: TraceEvent): void => log.append(event);
    const { maxBodyBytes } = options;
    this.#platform = new Platform({
      functions,
      splits,
      door: new RuleDoor({ rules: this.#rules, clock: realClock, emit, maxBodyBytes }),
      whyNoCall: ({ route }, callee) => {
        const may = callsGranted(this.platformFile.grants, route).includes(callee.route);
        return may ? null : whyNotCalled(route, callee.route);
      },
      twinOf: ({ route }) => twinAt(this.platformFile, route),
      driverFor: ({ file }) => {
        const mistake = this.#mistakes.get(file);
        return mistake === undefined ? this.#driver : new BrokenFile(mistake);
      },
      policyFor: ({ name }) => makePolicy(plan.choiceFor(name)),
      clock: realClock,
      newId,
      emit,
      place: 'local',
      development,
      maxBodyBytes,
      storeMs: (request) => store.startMsOf(request),
    });
    this.#splits = new SplitsInForce(
      this.#platform,
      splits,
      ({ file }) => this.#mistakes.get(file) ?? null,
    );
    this.#queues.follow(content);
    const freezes = this.#platform.policies.some(({ policy }) => policy.freezesIdle);
    const refusal = freezes ? this.#platform.whyNotFrozen(null) : null;
    if (refusal !== null) throw new RangeError(refusal);
    this.gateway = new Gateway({
      platform: this.#platform,
      log,
      site,
      allowedHosts: options.allowedHosts,
      token: options.token,
      isFunctions: (socket) => isHeldBy(socket, this.#pids()),
      missing: (spec) => this.#mistakes.get(spec.file) ?? this.#driver.missing(spec),
      resources: {
        [CONTROLS.policies]: policyResource(new PoliciesInForce(this.#platform, plan)),
        [CONTROLS.faults]: faultResource(this.#platform),
        [CONTROLS.revisions]: splitResource(this.#splits),
      },
      mounts: this.#resources,
      onError,
    });
  }

  get functions(): readonly FunctionSpec[] {
    return this.#platform.functions;
  }

  /**
   * Checks in advance what this machine can run, and starts the instances that policies keep ready.
   */
  async prepare(): Promise<void> {
    if (this.functions.some(({ runtime }) => runtime === 'python')) await this.#driver.prepare();
    this.#platform.begin();
  }

  /** Delivers what an earlier start has left in queues. Functions must be able to reach the gateway. */
  deliver(): void {
    this.#queues.begin();
  }

  /** Makes what the first call would wait for long, such as the folder of the database. Nothing stays running. */
  async prepareResources(): Promise<void> {
    for (const resource of this.#resources) await resource.prepare?.();
  }

  /** Why Python functions cannot run here; null when they can, or there are none. */
  get missingPython(): string | null {
    const python = this.functions.find(({ runtime }) => runtime === 'python');
    return python === undefined ? null : this.#driver.missing(python);
  }

  /**
   * Reacts to a file that was added, changed or removed: instances with the old code end after their
   * calls, and the next call runs the new code.
   *
   * @param file in the project, with forward slashes: `api/_lib/bad-request.ts`
   * @returns the functions that changed
   * @throws with the file's mistake, after the other functions have been updated
   */
  changed(file: string): readonly FunctionSpec[] {
    if (isRequirements(file)) {
      const python = this.functions.filter(({ runtime }) => runtime === 'python');
      for (const { name } of python) this.#platform.retire(name);
      return python;
    }
    if (file === 'vercel.json' || file.startsWith(`${FUNCTIONS_FOLDER}/`)) {
      const before = this.functions;
      this.#own = this.#read();
      const changed = this.#readPlatformFile();
      const mistake = [...this.mistakes].find((line) => line.startsWith(file));
      if (mistake !== undefined) throw new Error(mistake);
      if (file === `${FUNCTIONS_FOLDER}/${PLATFORM_FILE}`) return changed;
      if (file === 'vercel.json' || isFunctionFile(file)) {
        const specs = [...before, ...this.functions];
        return [...new Map(specs.map((spec) => [spec.name, spec])).values()].filter(
          (spec) => file === 'vercel.json' || spec.file === file,
        );
      }
    }
    const old = dependents(this.#root, this.functions, file);
    for (const { name } of old) this.#platform.retire(name);
    return old;
  }

  /**
   * Reads grants, rules and revisions again; the old ones stay when there is a mistake.
   * @returns the functions for which something has changed
   */
  #readPlatformFile(): readonly FunctionSpec[] {
    const old = this.platformFile;
    const routes = routesOf(this.#own);
    const { content, mistakes } = readPlatformFile(this.#root, routes, FUNCTIONS_FOLDER);
    this.mistakes = [...this.mistakes, ...mistakes.map(describeMistake)];
    this.platformFile = content ?? old;
    const { functions, splits } = this.#revisions();
    this.#splits.declare(functions, splits);
    if (content === null) return [];
    this.#rules.update(content);
    this.#queues.follow(content);
    const differs = (part: 'grants' | 'revisions' | 'rules', { route }: FunctionSpec): boolean =>
      JSON.stringify(old[part][route]) !== JSON.stringify(content[part][route]);
    // Grants reach an instance through its environment, which is read at its start.
    for (const spec of this.functions)
      if (differs('grants', spec)) this.#platform.retire(spec.name);
    const parts = ['grants', 'revisions', 'rules'] as const;
    return this.functions.filter((spec) => parts.some((part) => differs(part, spec)));
  }

  /** What an instance is handed. Nothing while the gateway does not listen: it could not be reached. */
  async #variablesFor(spec: FunctionSpec, instance: string): Promise<Variables> {
    const { origin } = this.gateway;
    if (origin === null) return {};
    const handed = this.#resources.map((resource) => resource.variablesFor(spec, origin, instance));
    const ofSessions = isGranted(this.platformFile.grants, spec.route, 'session')
      ? { SESSION_SECRET: this.#sessionSecret }
      : {};
    // The address that a caller used may not be one by which this machine reaches itself.
    const ofCalls =
      callsGranted(this.platformFile.grants, spec.route).length > 0
        ? { [FUNCTIONS_VARIABLE]: origin }
        : {};
    return Object.assign({}, ofSessions, ofCalls, ...(await Promise.all(handed))) as Variables;
  }

  #pids(): number[] {
    return this.#platform.instances().flatMap(({ pid }) => pid ?? []);
  }

  /** The functions with their other revisions; a revision whose file has a mistake keeps its place. */
  #revisions(): Pick<ProjectRevisions, 'functions' | 'splits'> {
    const { revisions } = this.platformFile;
    const read = readRevisions(this.#root, this.#own, revisions, this.#methods);
    this.mistakes = [...this.mistakes, ...read.mistakes.map(describeMistake)];
    const broken = read.mistakes.map((each) => [each.file, describeMistake(each)] as const);
    this.#mistakes = new Map([...this.#mistakes, ...broken]);
    return read;
  }

  /** The functions as they are on disk; a file with a mistake keeps its function's place. */
  #read(): readonly FunctionSpec[] {
    const { functions, mistakes } = readFunctions(this.#root, FUNCTIONS_FOLDER, {
      known: this.#methods,
      labs: true,
    });
    const broken = mistakes.flatMap(({ spec }) => spec ?? []);
    this.mistakes = mistakes.map(describeMistake);
    this.#mistakes = new Map(
      mistakes.flatMap((mistake) =>
        mistake.spec === null ? [] : [[mistake.spec.file, describeMistake(mistake)]],
      ),
    );
    return [...functions, ...broken];
  }

  /** Finishes the calls in flight. Resolves when the last instance, and what they were handed, has ended. */
  async stop(): Promise<void> {
    const isDelivered = this.#queues.stop();
    await this.#platform.stop();
    // What a queue was called with is done with the last instance, and said while the database runs.
    await isDelivered;
    await Promise.all(this.#resources.map((resource) => resource.stop()));
  }
}

/** The project's own, or one for this start: then everybody signs in again after the next. */
function sessionSecret(root: string): string {
  const own = projectVariables(root)['SESSION_SECRET'] ?? process.env['SESSION_SECRET'];
  return own || randomBytes(32).toString('hex');
}

function routesOf(functions: readonly FunctionSpec[]): string[] {
  return functions.map(({ route }) => route);
}

/** Whether the file is a `requirements.txt` of Python functions. */
function isRequirements(file: string): boolean {
  return file === 'requirements.txt' || file === `${FUNCTIONS_FOLDER}/requirements.txt`;
}
