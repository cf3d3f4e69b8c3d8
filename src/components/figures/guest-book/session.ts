/** Calls the guestbook's function in the reader's place, and shows what it answers. */

import { SERVER_TIMING, STORE_TIMING } from '#faas/api.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { announceRun } from '#src/demo/places/announce.ts';
import { currentPlace } from '#src/demo/places/choose.ts';
import type { FirstLoad, Run } from '#src/demo/places/place.ts';
import { wholeNumber } from '#src/format/number.ts';
import type { CourseElement } from '../../element.ts';
import { PictureUpload, whyNotSent } from './picture.ts';

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
  readonly #upload: PictureUpload;
  /** Of the entry that is being written: sent twice, it is still one entry. */
  #id = newId();
  #isSigning = false;

  /** @param signal ends the visit */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#figure = figure;
    this.#signal = signal;
    this.#upload = new PictureUpload({
      announce: (body) => this.#call('POST', `${FUNCTION}?picture`, body),
      refusalIn,
      onProgress: (share) => (figure.find('progress', HTMLProgressElement).value = share),
    });
  }

  begin(): void {
    const form = this.#figure.find('form', HTMLFormElement);
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      void this.#sign(form);
    };
    form.addEventListener('submit', submit, { signal: this.#signal });
    this.#picture.addEventListener('change', () => this.#checkPicture(), { signal: this.#signal });
    void this.#open();
  }

  /** Reads at once, unless that would load megabytes that nobody asked for. */
  async #open(): Promise<void> {
    try {
      const place = await currentPlace();
      announceRun('guest-book', { place, function: FUNCTION, since: Date.now() });
      const off = place.noObjects ?? whyNoHash();
      if (off !== null) this.#offPicture(off);
      const first = (await place.loadsFirst?.(FUNCTION)) ?? null;
      if (first !== null) return this.#offer(first);
    } catch {
      // The call below says what is wrong.
    }
    await this.#read();
  }

  #offer({ bytes }: FirstLoad): void {
    const list = this.#figure.find('entries', HTMLOListElement);
    list.innerHTML = String(
      html`<li><p>The entries of this browser lie in a database that runs in this tab. Its program has ${wholeNumber(bytes / 1e6)} MB, a third of that where the server compresses it, and takes some seconds to start the first time.</p><button type="button" class="button" data-part="start">Start the database in this tab</button></li>`,
    );
    const start = this.#figure.find('start', HTMLButtonElement);
    start.addEventListener('click', () => void this.#startAndRead(), { once: true });
  }

  async #startAndRead(): Promise<void> {
    const list = this.#figure.find('entries', HTMLOListElement);
    list.innerHTML = String(html`<li>The database starts…</li>`);
    this.#say('The database starts in this tab…');
    await this.#read();
    this.#say('');
    // The button that was pressed is gone.
    list.tabIndex = -1;
    list.focus();
  }

  get #picture(): HTMLInputElement {
    return this.#figure.find('picture', HTMLInputElement);
  }

  /** No picture can be chosen, and the field says why. */
  #offPicture(why: string): void {
    this.#picture.disabled = true;
    this.#figure.find('picture-note', HTMLElement).textContent = why;
  }

  /** @returns whether there is nothing against the picture that was chosen */
  #checkPicture(): boolean {
    const [file] = this.#picture.files ?? [];
    const why = file === undefined ? null : whyNotSent(file);
    if (why === null) this.#picture.removeAttribute('aria-invalid');
    else this.#picture.ariaInvalid = 'true';
    this.#say(why ?? '');
    return why === null;
  }

  async #sign(form: HTMLFormElement): Promise<void> {
    if (this.#isSigning) return;
    if (!this.#checkPicture()) return this.#picture.focus();
    const button = this.#figure.find('sign', HTMLButtonElement);
    this.#isSigning = true;
    button.ariaDisabled = 'true';
    try {
      const picture = await this.#sendPicture();
      this.#say('Signing…');
      const fields = Object.fromEntries(new FormData(form));
      const entry = { id: this.#id, ...fields, ...(picture !== null && { picture }) };
      const run = await this.#call('POST', FUNCTION, JSON.stringify(entry));
      if (typeof run === 'string') return this.#say(run);
      if (run.status >= 300) return this.#say(refusalIn(run));
      this.#id = newId();
      this.#upload.forget();
      form.reset();
      this.#say(`Signed.${startIn(run)}`);
      await this.#read();
    } catch (error) {
      this.#say((error as Error).message);
    } finally {
      this.#isSigning = false;
      button.ariaDisabled = null;
    }
  }

  /** @returns the key of the picture; null when none was chosen @throws with what to do */
  async #sendPicture(): Promise<string | null> {
    const [file] = this.#picture.files ?? [];
    if (file === undefined) return null;
    const sending = this.#figure.find('sending', HTMLElement);
    const cancelled = new AbortController();
    const signal = AbortSignal.any([this.#signal, cancelled.signal]);
    const why = 'The picture was not sent. What you wrote is still here: sign with it or without.';
    const cancel = this.#figure.find('cancel', HTMLButtonElement);
    cancel.addEventListener('click', () => cancelled.abort(new Error(why)), { signal });
    this.#figure.find('progress', HTMLProgressElement).value = 0;
    sending.hidden = false;
    this.#say('Sending the picture…');
    try {
      return await this.#upload.send(file, signal);
    } finally {
      // A focus that would be lost goes back to the field.
      if (sending.contains(document.activeElement)) this.#picture.focus();
      sending.hidden = true;
    }
  }

  async #read(): Promise<void> {
    const run = await this.#call('GET', FUNCTION, null);
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
  async #call(method: string, url: string, body: string | null): Promise<Run | string> {
    try {
      const place = await currentPlace();
      const missing = place.missing(FUNCTION);
      if (missing !== null) return missing;
      const headers = body === null ? [] : [['content-type', 'application/json'] as const];
      return await place.call({ function: FUNCTION, method, url, headers, body }, this.#signal);
    } catch (error) {
      // A browser says of a call that broke off only that it did.
      const why =
        error instanceof TypeError
          ? `No answer came (${error.message}): is the platform still running?`
          : (error as Error).message;
      return `${why} Try again: an entry that is sent twice is one entry.`;
    }
  }

  #say(text: string): void {
    this.#figure.find('status', HTMLElement).textContent = text;
  }
}

/** A picture is announced by its hash, which a page may compute in a secure context only. */
function whyNoHash(): string | null {
  return isSecureContext
    ? null
    : 'Over plain HTTP a browser does not let a page compute the hash of a picture. Open this page under https, or under localhost, to send one.';
}

function entryMarkup({ name, text, at, picture }: Entry): Markup {
  const when = new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const image =
    typeof picture === 'string' &&
    html`<img src="${picture}" alt="A picture from ${name}" loading="lazy">`;
  return html`<li><b>${name}</b>, <time datetime="${at}">${when}</time><blockquote>${text}</blockquote>${image}</li>`;
}

/** What a problem document says, or that there was none. */
function refusalIn({ status, body }: Pick<Run, 'status' | 'body'>): string {
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
