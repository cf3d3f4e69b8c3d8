/** The database of this tab. This file is loaded when a function that uses it is first called. */

import { TAB_DATABASE, type TabDatabaseFacts, type TabFunction } from '#faas/api.ts';
import type { RequestMessage, ResponseMessage } from '#faas/drivers/protocol.ts';
import type { FetchAnswer } from '#faas/drivers/web-worker/grant.ts';
import { QueueDelivery } from '#faas/resources/queue/queue-delivery.ts';
import { QueueTable } from '#faas/resources/queue/queue-table.ts';
import { Store, type CallOfStatement, type StoreOptions } from '#faas/resources/store/store.ts';
import { StoreUnavailable } from '#faas/resources/store/store-failure.ts';
import type { Batch, Rows } from '#faas/resources/store/statement.ts';
import { TabDatabase } from '#faas/resources/tab-store/tab-database.ts';
import { answerTabSql } from '#faas/resources/tab-store/tab-sql.ts';
import { readJson } from './json.ts';

/** What the tab's store is made with. */
export interface TabStoreOptions extends Pick<StoreOptions, 'clock' | 'newId' | 'emit'> {
  /** The call that an instance runs; null when it is unknown. */
  readonly callIn: (instance: string) => CallOfStatement | null;
  /** Functions that messages of a queue are brought to. */
  readonly consumers: readonly Pick<TabFunction, 'route' | 'queue'>[];
  /** Calls one of them. */
  readonly call: (request: RequestMessage) => Promise<ResponseMessage>;
}

/** One store for all functions of the tab. */
export class TabStore {
  readonly #callIn: TabStoreOptions['callIn'];
  readonly #store: Store;
  readonly #deliveries: readonly QueueDelivery[];

  /** @param base URL of the site's root */
  constructor(base: string, options: TabStoreOptions) {
    const { callIn, consumers, call, clock, newId, emit } = options;
    this.#callIn = callIn;
    this.#store = new Store({
      find: () => findDatabase(base),
      // The worker applies them: it is one for all tabs.
      migrations: () => [],
      idleMs: Infinity,
      clock,
      newId,
      emit,
    });
    const run = async (batch: Batch): Promise<readonly Rows[]> =>
      (await this.#store.run(batch, null)).results;
    const delivered = { call, clock, newId, emit, random: Math.random };
    this.#deliveries = consumers.flatMap(({ route, queue }) => {
      if (queue === null) return [];
      const { name, settings } = queue;
      return new QueueDelivery({ ...delivered, queue: new QueueTable(name, run), route, settings });
    });
  }

  /** Answers the statements of one instance. */
  answerFor(instance: string): FetchAnswer {
    return answerTabSql(async (batch) => {
      const { results } = await this.#store.run(batch, this.#callIn(instance));
      // The statement may have sent something.
      for (const delivery of this.#deliveries) delivery.look();
      return results;
    });
  }

  /** Wakes the database. @throws StoreUnavailable when it cannot be woken */
  prepare(): Promise<void> {
    return this.#store.prepare();
  }
}

async function findDatabase(root: string): Promise<TabDatabase> {
  const base = new URL(root, location.href).href;
  const { signal } = new AbortController();
  const facts = await readJson<TabDatabaseFacts>(base + TAB_DATABASE.facts, signal);
  if (facts !== null) return new TabDatabase(base, facts);
  throw new StoreUnavailable(
    'The database of this tab could not be loaded. Look whether there is a network, and run it again.',
  );
}
