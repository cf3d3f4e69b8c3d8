/**
 * The base of every custom element of the course. The server renders the whole first frame; an
 * element only adds life to it, and everything it added ends with its connection to the page.
 */

export abstract class CourseElement extends HTMLElement {
  #connection = new AbortController();
  /** Something has to be loaded before the element can answer. */
  #isLoading = false;

  /** Ends when the element leaves the page: give it to every listener, timer and request. */
  protected get signal(): AbortSignal {
    return this.#connection.signal;
  }

  /** Adds life. Called on each connection to the page, with a fresh `signal`. */
  protected abstract connected(): void;

  connectedCallback(): void {
    this.#connection = new AbortController();
    this.#isLoading = false;
    this.connected();
    if (!this.#isLoading) this.#report('');
  }

  disconnectedCallback(): void {
    this.#connection.abort();
    delete this.dataset['live'];
  }

  /** The one element inside with `data-part="name"`. @throws when the server left it out */
  find<T extends Element>(name: string, type: new () => T): T {
    const [found] = this.findAll(name, type);
    if (found) return found;
    throw new Error(`<${this.localName}> expected a ${type.name} with data-part="${name}" inside.`);
  }

  /** Every element inside with `data-part="name"`, except those of a custom element within. */
  findAll<T extends Element>(name: string, type: new () => T): T[] {
    const found = [...this.querySelectorAll(`[data-part~="${name}"]`)];
    return found.filter((part): part is T => part instanceof type && this.#owns(part));
  }

  /**
   * Runs `start` each time the element comes into view; its signal ends when it leaves.
   * @param life ends the looking, and what was started: what a run began ends with the run
   */
  protected whileVisible(start: (signal: AbortSignal) => void, life = this.signal): void {
    if (life.aborted) return;
    let visit: AbortController | undefined;
    const observer = new IntersectionObserver((entries) => {
      visit?.abort();
      visit = new AbortController();
      if (entries.at(-1)?.isIntersecting) start(visit.signal);
    });
    observer.observe(this);
    const end = (): void => {
      observer.disconnect();
      visit?.abort();
    };
    life.addEventListener('abort', end, { once: true });
  }

  /**
   * Makes the element live once `start` is done, instead of at its connection. What the reader presses
   * meanwhile is kept by the page's head (`page/press-guard.ts`), which also says so when `start` fails.
   */
  protected async loading(start: () => Promise<void>): Promise<void> {
    const { signal } = this;
    this.#isLoading = true;
    try {
      await start();
    } catch (error) {
      if (!signal.aborted) this.#report('failed');
      throw error;
    }
    if (!signal.aborted) this.#report('');
  }

  /**
   * Loads once: when the element comes into view or is pressed, or as soon as the address leads to it.
   * @param parts one of them must come into view, where much of the element is only read. Not empty
   * @param patienceMs it is enough that any of the element is in view for so long
   */
  protected whenSeen(
    start: () => Promise<void>,
    parts: readonly Element[] = [this],
    patienceMs = 0,
  ): void {
    this.#isLoading = true;
    let isStarted = false;
    const once = (): void => {
      if (isStarted) return;
      isStarted = true;
      void this.loading(start);
    };
    // A link to it is followed before it is in view: it leads there.
    const followLink = (): void => {
      if (this.id !== '' && location.hash.startsWith(`#${this.id}?`)) once();
    };
    followLink();
    window.addEventListener('hashchange', followLink, { signal: this.signal });
    // Assistive technology presses what it reads, and need not scroll there (page/press-guard.ts).
    this.addEventListener('course:pressed', once, { once: true, signal: this.signal });
    if (this.ariaBusy === 'true') once();
    if (isStarted) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      once();
    });
    for (const part of parts) observer.observe(part);
    this.signal.addEventListener('abort', () => observer.disconnect(), { once: true });
    if (patienceMs === 0) return;
    this.whileVisible((signal) => {
      const timer = setTimeout(once, patienceMs);
      signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    });
  }

  /** @param state empty: it listens; `failed`: it never will */
  #report(state: '' | 'failed'): void {
    this.dataset['live'] = state;
    this.dispatchEvent(new Event('course:live', { bubbles: true }));
  }

  #owns(part: Element): boolean {
    let owner = part.parentElement;
    while (owner && !owner.localName.includes('-')) owner = owner.parentElement;
    return owner === this;
  }
}
