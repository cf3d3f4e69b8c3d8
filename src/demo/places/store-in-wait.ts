/** What a tab does before its database is loaded: it knows which functions want one. */

import { TAB_DATABASE, type TabDatabaseFacts } from '#faas/api.ts';
import type { FunctionSpec } from '#faas/core/function.ts';
import type { HandedToInstance } from '#faas/drivers/web-worker/web-worker-driver.ts';
import { TAB_SQL, TAB_STORE_VARIABLES } from '#faas/resources/tab-store/tab-endpoint.ts';
import { readJson } from './json.ts';
import type { FirstLoad } from './place.ts';
import type { TabStore, TabStoreOptions } from './tab-store.ts';

/** Loads the tab's store when it is first wanted. */
export class StoreInWait {
  readonly #base: string;
  readonly #users: ReadonlySet<string>;
  #options: TabStoreOptions | null = null;
  #loaded: Promise<TabStore> | null = null;

  /**
   * @param base URL of the site's root
   * @param users names of the functions that may use it
   */
  constructor(base: string, users: ReadonlySet<string>) {
    this.#base = base;
    this.#users = users;
  }

  /** What it is made with, once that is there. */
  bind(options: TabStoreOptions): void {
    this.#options = options;
  }

  /** What a call of this function would load; null when it is loaded, or not needed. */
  async loadsFirst(name: string): Promise<FirstLoad | null> {
    if (!this.#users.has(name) || this.#loaded !== null) return null;
    const { signal } = new AbortController();
    return readJson<TabDatabaseFacts>(this.#base + TAB_DATABASE.facts, signal);
  }

  /** What an instance is handed; null for a function without the grant. */
  handed({ name }: FunctionSpec, instance: string): HandedToInstance | null {
    if (!this.#users.has(name)) return null;
    return {
      variables: TAB_STORE_VARIABLES,
      answer: (asked) => {
        if (asked.url !== TAB_SQL) return null;
        return this.#load().then(
          (store) => store.answerFor(instance)(asked) ?? { refused: `${TAB_SQL} has no answer.` },
        );
      },
    };
  }

  /**
   * Wakes the database before a call of this function. A call has a limit, and the first time megabytes are
   * loaded; a failure is told to the call itself, when it asks.
   */
  async prepare(name: string): Promise<void> {
    if (!this.#users.has(name)) return;
    await this.#load()
      .then((store) => store.prepare())
      .catch(() => undefined);
  }

  #load(): Promise<TabStore> {
    const options = this.#options;
    if (options === null) return Promise.reject(new Error('The store was asked before its place.'));
    const loading = (this.#loaded ??= import('./tab-store.ts').then(
      ({ TabStore }) => new TabStore(this.#base, options),
    ));
    loading.catch(() => (this.#loaded = null));
    return loading;
  }
}
