/** Calls the guestbook's function in the reader's place, and shows what it answers. */

import { SERVER_TIMING, STORE_TIMING } from '#faas/api.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { currentPlace } from '#src/demo/places/choose.ts';
import type { Run } from '#src/demo/places/place.ts';
import type { CourseElement } from '../../element.ts';

const FUNCTION = '/api/guestbook';

interface Entry {
  readonly name: string;
  readonly text: string;
  readonly at: string;
  /** Address of a picture; null where there is none. */
  readonly picture?: string | null;
}

/** One visit of the page. */
export class GuestBookSession {
  readonly #figure: CourseElement;
  readonly #signal: AbortSignal;
  /** Of the entry that is being written: sent twice, it is still one entry. */
  #id = newId();

  /** @param signal ends the visit */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#signal = signal;
  }

  begin(): void {
    const form = this.#figure.find('form', HTMLFormElement);
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      void this.#sign(form);
    };
    form.addEventListener('submit', submit, { signal: this.#signal });
    void this.#read();
  }

  async #sign(form: HTMLFormElement): Promise<void> {
    const button = this.#figure.find('sign', HTMLButtonElement);
    if (button.ariaDisabled === 'true') return;
    button.ariaDisabled = 'true';
    this.#say('Signing…');
    const fields = Object.fromEntries(new FormData(form));
    const run = await this.#call('POST', JSON.stringify({ id: this.#id, ...fields }));
    button.ariaDisabled = null;
    if (typeof run === 'string') return this.#say(run);
    if (run.status >= 300) return this.#say(refusalIn(run));
    this.#id = newId();
    form.reset();
    this.#say(`Signed.${startIn(run)}`);
    await this.#read();
  }

  async #read(): Promise<void> {
    const run = await this.#call('GET', null);
    const list = this.#figure.find('entries', HTMLOListElement);
    if (typeof run === 'string') list.innerHTML = String(html`<li>${run}</li>`);
    else if (run.status !== 200) list.innerHTML = String(html`<li>${refusalIn(run)}</li>`);
    else {
      const { entries } = JSON.parse(run.body) as { entries: readonly Entry[] };
      list.innerHTML = String(
        entries.length === 0
          ? html`<li>Nobody has signed yet.</li>`
          : html`${entries.map(entryMarkup)}`,
      );
    }
  }

  /** @returns why there was no answer, where there was none */
  async #call(method: string, body: string | null): Promise<Run | string> {
    try {
      const place = await currentPlace();
      const missing = place.missing(FUNCTION);
      if (missing !== null) return missing;
      const headers = body === null ? [] : [['content-type', 'application/json'] as const];
      return await place.call(
        { function: FUNCTION, method, url: FUNCTION, headers, body },
        this.#signal,
      );
    } catch (error) {
      return `${(error as Error).message} Try again: an entry that is sent twice is one entry.`;
    }
  }

  #say(text: string): void {
    this.#figure.find('status', HTMLElement).textContent = text;
  }
}

function entryMarkup({ name, text, at, picture }: Entry): Markup {
  const when = new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const image =
    typeof picture === 'string' &&
    html`<img src="${picture}" alt="A picture from ${name}" loading="lazy">`;
  return html`<li><b>${name}</b>, <time datetime="${at}">${when}</time><blockquote>${text}</blockquote>${image}</li>`;
}

/** What a problem document says, or that there was none. */
function refusalIn({ status, body }: Run): string {
  try {
    const { detail } = Object(JSON.parse(body)) as { detail?: unknown };
    if (typeof detail === 'string') return detail;
  } catch {
    // Then it was another server's page.
  }
  return `The guestbook answered ${status}. Try again: an entry that is sent twice is one entry.`;
}

/** That the database had to start first, and how long that took. */
function startIn({ headers }: Run): string {
  const timing = headers.find(([name]) => name === SERVER_TIMING)?.[1] ?? '';
  const [, ms] = new RegExp(`(?:^|,)\\s*${STORE_TIMING};dur=([\\d.]+)`).exec(timing) ?? [];
  return ms === undefined
    ? ''
    : ` The database slept; to start it took ${Math.round(Number(ms))} ms of this.`;
}

/** A random UUID, version 4: `crypto.randomUUID` is not there over plain HTTP. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const digits = [...bytes].map((byte, i) => {
    const fixed = i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte;
    return fixed.toString(16).padStart(2, '0');
  });
  return digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
