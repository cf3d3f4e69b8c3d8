/**
 * The store: one database that is woken by the first statement and put to sleep when nobody needs it,
 * and one connection that all functions share. It goes gone → starting → ready ⇄ idle → gone.
 */

import type { Clock } from '../../core/time/clock.ts';
import type { NewId } from '../../core/trace/ids.ts';
import type { Span } from '../../core/trace/span.ts';
import type { StopReason, StoreSubject, TraceEvent } from '../../core/trace/trace.ts';
import type { AwakeDatabase, Database, DatabaseAddress, Session } from './database.ts';
import { migrate, type Migration } from './migrations.ts';
import { codeOf, isAsleep, isCutOff, StoreUnavailable, unavailable } from './store-failure.ts';
import { titleOf, type Batch, type Rows } from './statement.ts';
import { OneAtATime } from './one-at-a-time.ts';

/** What a store is made with. */
export interface StoreOptions {
  /** Finds out which database there is; asked once, when the first statement comes. */
  readonly find: () => Promise<Database>;
  /** The files to apply at each wake. */
  readonly migrations: () => readonly Migration[];
  /** Time without a statement until it is put to sleep, in ms. */
  readonly idleMs: number;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly emit: (event: TraceEvent) => void;
}

/** The call of a function that a statement belongs to. */
export interface CallOfStatement {
  /** Its id in the trace. */
  readonly request: string;
  readonly span: Span;
}

/** What a statement gave, and what it waited for. */
export interface StoreAnswer {
  readonly results: readonly Rows[];
  /** Time that it waited for the database to start, in ms; 0 when it ran. */
  readonly startMs: number;
}

/** `gone` while it does not run. */
export type StoreState = 'gone' | 'starting' | 'ready' | 'idle';

const SUBJECT: StoreSubject = { kind: 'store', name: 'database' };

/** One life of the database, from a wake to its end. */
interface Life {
  readonly instance: string;
  readonly startedAt: number;
  readonly readyAt: number;
  readonly awake: AwakeDatabase;
  session: Session;
  served: number;
}

/** Longest time that a database which puts itself right is waited for, in ms. */
const RECOVERY_MS = 5_000;
const LOOK_EVERY_MS = 20;

/** A span, and the id under which the trace knows a statement. */
interface Named {
  readonly request: string;
  readonly span: Span;
}

/** Runs statements on a database that may sleep. */
export class Store {
  readonly #options: StoreOptions;
  readonly #turns = new OneAtATime();
  #database: Promise<Database> | null = null;
  #known: Database | null = null;
  #waking: Promise<Life> | null = null;
  #life: Life | null = null;
  #state: StoreState = 'gone';
  #since: number;
  /** Statements and connections that need it. */
  #users = 0;
  #idle: ReturnType<typeof setTimeout> | null = null;
  #stopped = false;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#since = options.clock.now();
  }

  /** Which database it is; null as long as nobody asked for it. */
  get database(): Database | null {
    return this.#known;
  }

  get state(): { readonly name: StoreState; readonly since: number } {
    return { name: this.#state, since: this.#since };
  }

  get life(): Pick<Life, 'instance' | 'startedAt' | 'awake' | 'served'> | null {
    return this.#life;
  }

  /** When it will be put to sleep, in ms since the Unix epoch; null when that is not near. */
  get leavesAt(): number | null {
    const isDated = this.#state === 'idle' && this.#options.idleMs < Infinity;
    return isDated ? this.#since + this.#options.idleMs : null;
  }

  /**
   * Runs a batch, and wakes the database for it.
   *
   * @param call the call that it belongs to; null when that is not known
   * @throws StoreUnavailable when the database is to blame; else what Postgres says of the statement
   */
  async run(batch: Batch, call: CallOfStatement | null): Promise<StoreAnswer> {
    const named = this.#begin(batch, call);
    const beganAt = this.#options.clock.now();
    this.#use();
    try {
      return await this.#turns.take(() => this.#runInTurn(batch, named, beganAt));
    } catch (error) {
      const failure = unavailable(error);
      if (failure !== null) this.#failed(named, beganAt);
      throw failure ?? error;
    } finally {
      this.#release();
    }
  }

  /**
   * Wakes the database for a connection that is not the store's own, and keeps it awake until `release`.
   * @throws StoreUnavailable when it cannot be reached so
   */
  async connect(): Promise<{ readonly address: DatabaseAddress; release(): void }> {
    this.#use();
    try {
      const { awake } = await this.#wake(null);
      if (awake.address === null) {
        throw new StoreUnavailable(
          'This database takes statements at /sql only, and no connections.',
        );
      }
      return { address: awake.address, release: () => this.#release() };
    } catch (error) {
      this.#release();
      throw unavailable(error) ?? error;
    }
  }

  /** Finds out which database there is. */
  find(): Promise<Database> {
    const finding = (this.#database ??= this.#options.find());
    finding.then(
      (database) => (this.#known = database),
      // The next one may look again.
      () => (this.#database = null),
    );
    return finding;
  }

  /** Wakes the database for what is to come. @throws StoreUnavailable when it cannot be woken */
  async prepare(): Promise<void> {
    this.#use();
    try {
      await this.#wake(null);
    } finally {
      this.#release();
    }
  }

  /** Puts the database to sleep for good. Resolves when all data is on the disk. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#waking?.catch(() => undefined);
    await this.#turns.take(() => this.#sleep('shutdown')).catch(() => this.#sleep('shutdown'));
  }

  async #runInTurn(batch: Batch, named: Named, beganAt: number): Promise<StoreAnswer> {
    const { clock } = this.#options;
    const wasAwake = this.#life !== null;
    const life = await this.#wake(named);
    // Another statement may have woken it while this one waited for its turn.
    const startMs = Math.max(0, life.readyAt - Math.max(beganAt, life.startedAt));
    life.served += 1;
    const at = clock.now();
    const of = { subject: SUBJECT, request: named.request, ...named.span };
    const queueMs = at - beganAt - startMs;
    const instance = life.instance;
    this.#options.emit({
      type: 'request.started',
      at,
      ...of,
      instance,
      cold: !wasAwake,
      queueMs,
      served: life.served,
    });
    try {
      const results = await this.#attempt(life, batch, named);
      this.#done(life, named, at, 200);
      return { results, startMs };
    } catch (error) {
      if (unavailable(error) === null) this.#done(life, named, at, 400);
      throw error;
    }
  }

  /** Once more where the database slept, or where nothing can have been written twice. */
  async #attempt(life: Life, batch: Batch, named: Named): Promise<readonly Rows[]> {
    const session = await this.#sessionOf(life);
    try {
      return await session.run(batch);
    } catch (error) {
      const isOver = error instanceof StoreUnavailable || (!isCutOff(error) && session.isOpen);
      if (isOver) throw error;
      const mayRepeat = codeOf(error) === 'CLOSED' || codeOf(error) === '57P01' || isRead(batch);
      if (!mayRepeat) throw uncertain(error);
      const again = await this.#sessionOf(await this.#wake(named));
      if (!isRead(batch)) return again.run(batch);
      return again.run(asRead(batch)).catch((refusal: unknown) => {
        // It reads by its words, and calls something that writes.
        const wrote = codeOf(refusal) === '25006' && batch.transaction?.readOnly !== true;
        throw wrote ? uncertain(error) : refusal;
      });
    }
  }

  /** A connection that is open; the database itself may be gone, and is then woken. */
  async #sessionOf(life: Life): Promise<Session> {
    if (life.session.isOpen) return life.session;
    const until = this.#options.clock.now() + RECOVERY_MS;
    for (;;) {
      try {
        life.session = await life.awake.open();
        return life.session;
      } catch (error) {
        if (codeOf(error) === '57P03' && this.#options.clock.now() < until) {
          // It puts itself right after one of its processes was killed.
          await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        } else if (isAsleep(error)) {
          this.#ended(life, 'crashed');
          await life.awake.stop();
          return (await this.#wake(null)).session;
        } else throw error;
      }
    }
  }

  #wake(named: Named | null): Promise<Life> {
    if (this.#life !== null) return Promise.resolve(this.#life);
    if (this.#stopped)
      return Promise.reject(new StoreUnavailable('The platform is shutting down.'));
    this.#waking ??= this.#start(named).finally(() => (this.#waking = null));
    return this.#waking;
  }

  async #start(named: Named | null): Promise<Life> {
    const { clock, newId, emit, migrations } = this.#options;
    const instance = newId('instance');
    const startedAt = clock.now();
    this.#enter('starting');
    const cause = named === null ? { request: null } : { request: named.request, ...named.span };
    emit({ type: 'instance.starting', at: startedAt, subject: SUBJECT, instance, ...cause });
    let awake: AwakeDatabase | null = null;
    try {
      awake = await (await this.find()).wake();
      const session = await awake.open();
      const upAt = clock.now();
      await migrate(session, migrations());
      const at = clock.now();
      const life: Life = { instance, startedAt, readyAt: at, awake, session, served: 0 };
      const { pid } = awake;
      emit({
        type: 'instance.ready',
        at,
        subject: SUBJECT,
        instance,
        startMs: upAt - startedAt,
        initMs: at - upAt,
        pid,
      });
      this.#life = life;
      void awake.ended.then(() => this.#ended(life, 'crashed'));
      this.#enter('ready');
      return life;
    } catch (error) {
      await awake?.stop();
      this.#enter('gone');
      emit({
        type: 'instance.stopped',
        at: clock.now(),
        subject: SUBJECT,
        instance,
        reason: 'start-failed',
        served: 0,
      });
      throw unavailable(error) ?? new StoreUnavailable((error as Error).message, 5, error);
    }
  }

  /** Ends the database's life; the data stays. */
  async #sleep(reason: StopReason): Promise<void> {
    const life = this.#life;
    if (life === null) return;
    this.#ended(life, reason);
    await life.session.close();
    await life.awake.stop();
  }

  #ended(life: Life, reason: StopReason): void {
    if (this.#life !== life) return;
    this.#life = null;
    this.#enter('gone');
    const { emit, clock } = this.#options;
    const { instance, served } = life;
    emit({ type: 'instance.stopped', at: clock.now(), subject: SUBJECT, instance, reason, served });
  }

  #enter(state: StoreState): void {
    this.#state = state;
    this.#since = this.#options.clock.now();
  }

  #use(): void {
    this.#users += 1;
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    if (this.#state === 'idle') this.#enter('ready');
  }

  #release(): void {
    this.#users -= 1;
    if (this.#users === 0 && this.#life !== null) this.#rest();
  }

  #rest(): void {
    if (this.#stopped) return;
    this.#enter('idle');
    if (this.#options.idleMs === Infinity) return;
    this.#idle = setTimeout(() => void this.#sleepIfUnused(), this.#options.idleMs);
    // A page's timers are numbers.
    (this.#idle as Partial<NodeJS.Timeout>).unref?.();
  }

  /** Not while another process of this machine is connected: a shell, another start of the course. */
  async #sleepIfUnused(): Promise<void> {
    await this.#turns.take(async () => {
      const life = this.#life;
      if (this.#users > 0 || life === null) return;
      const open = await life.awake.others(life.session).catch(() => 0);
      if (this.#users > 0) return;
      if (open > 0) this.#rest();
      else await this.#sleep('idle');
    });
  }

  #begin(batch: Batch, call: CallOfStatement | null): Named {
    const { newId, emit, clock } = this.#options;
    const request = newId('request');
    const { trace, span: parent } = call?.span ?? { trace: newId('trace'), span: null };
    const span: Span = { trace, span: newId('span'), parent };
    emit({
      type: 'request.queued',
      at: clock.now(),
      subject: SUBJECT,
      request,
      ...span,
      method: 'SQL',
      url: titleOf(batch),
    });
    return { request, span };
  }

  #done({ instance }: Life, { request, span }: Named, from: number, status: number): void {
    const { emit, clock } = this.#options;
    const at = clock.now();
    const of = { subject: SUBJECT, request, ...span, instance };
    emit({
      type: 'request.done',
      at,
      ...of,
      status,
      handlerMs: at - from,
      cpuMs: null,
      memoryMb: null,
    });
  }

  #failed({ request, span }: Named, from: number): void {
    const { emit, clock } = this.#options;
    const at = clock.now();
    const instance = this.#life?.instance ?? null;
    emit({
      type: 'request.failed',
      at,
      subject: SUBJECT,
      request,
      ...span,
      instance,
      code: 'store-unavailable',
      handlerMs: at - from,
    });
  }
}

/** Whether nothing of it writes, as far as its words show; the second try makes sure of it. */
function isRead({ statements, transaction }: Batch): boolean {
  return (
    transaction?.readOnly === true ||
    statements.every(({ text }) => /^\s*(select|table|values|show)\b/i.test(text))
  );
}

/** The batch, in a transaction that refuses to write. */
function asRead({ statements, transaction }: Batch): Batch {
  const mode = transaction ?? { isolation: null, readOnly: true, deferrable: false };
  return { statements, transaction: { ...mode, readOnly: true } };
}

function uncertain(cause: unknown): StoreUnavailable {
  return new StoreUnavailable(
    'The database ended while it ran this. It was done whole, or not at all, and nobody can tell which: look, or send it again under the same id.',
    1,
    cause,
  );
}
