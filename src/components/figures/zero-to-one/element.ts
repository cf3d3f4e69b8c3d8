/**
 * `<zero-to-one>`: an instance goes from nothing to cold, busy, idle, and back to nothing. It shows
 * what the place tells, and stays with each state long enough to be seen.
 */

import { CourseElement } from '../../element.ts';
import { script } from '../../script.ts';
import { NOTHING, type Picture, type State } from './picture.ts';

/** How long each state stays on the page at least, in ms; the times beside it are as measured. */
const LINGER_MS = 600;

const SAYS: Record<State, string> = {
  zero: 'Gone. Nothing runs, and nothing is charged for running.',
  cold: 'Cold: nothing was there, so an instance is being started for your request.',
  busy: 'Busy: it runs your request.',
  idle: 'Idle: it has answered you, and waits in case you call again.',
  fault: 'The request failed.',
};

export class ZeroToOne extends CourseElement {
  /** The newest that the place has told. */
  #told: Picture = NOTHING;
  /** What is still to be shown; the first is on the page. */
  #reel: Picture[] = [];
  #following = new AbortController();

  protected override connected(): void {
    const button = this.find('call', HTMLButtonElement);
    button.addEventListener('click', () => void this.#call(button), { signal: this.signal });
  }

  async #call(button: HTMLButtonElement): Promise<void> {
    if (button.getAttribute('aria-disabled') === 'true') return;
    this.#following.abort();
    this.#following = new AbortController();
    button.setAttribute('aria-disabled', 'true');
    const signal = AbortSignal.any([this.#following.signal, this.signal]);
    try {
      const { follow } = await script(() => import('./follow.ts'));
      const { path = '', url = '' } = this.dataset;
      const show = (picture: Picture): void => {
        this.#told = picture;
        this.#queue(picture, signal);
      };
      const { place } = await follow({ path, url }, this.#told, show, signal);
      this.dataset['place'] = place;
    } catch (error) {
      if (!signal.aborted) this.#say(error instanceof Error ? error.message : String(error));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }

  #queue(picture: Picture, signal: AbortSignal): void {
    const last = this.#reel.at(-1);
    // What only completes the state on show needs no time of its own.
    if (last?.state === picture.state) {
      this.#reel[this.#reel.length - 1] = picture;
      if (this.#reel.length === 1) this.#show(picture, signal);
      return;
    }
    this.#reel.push(picture);
    if (this.#reel.length === 1) this.#roll(signal);
  }

  #roll(signal: AbortSignal): void {
    const [picture] = this.#reel;
    if (!picture) return;
    this.#show(picture, signal);
    const timer = setTimeout(() => {
      if (this.#reel.length === 1) {
        this.#reel = [];
        return;
      }
      this.#reel.shift();
      this.#roll(signal);
    }, LINGER_MS);
    this.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  #show(picture: Picture, signal: AbortSignal): void {
    const { state, instance, served } = picture;
    const changed = this.dataset['state'] !== state;
    this.dataset['state'] = state;
    this.#write('word', state === 'zero' ? 'nothing' : state);
    this.#write('who', instance === null || state === 'zero' ? '' : instance);
    this.#write('served', state === 'zero' || served === 0 ? '' : `request ${String(served)}`);
    this.#write('cold', this.#coldText(picture));
    this.#write('busy', seconds(picture.busyMs));
    this.#write('idle', seconds(picture.idleMs));
    if (picture.idleMs !== null) this.style.setProperty('--keep', `${String(picture.idleMs)}ms`);
    if (changed) this.#say(SAYS[state]);
    if (changed && state === 'idle' && picture.idleSince !== null) {
      this.#count(picture.idleSince, signal);
    }
  }

  #coldText({ state, coldMs, served }: Picture): string {
    if (coldMs !== null) return seconds(coldMs);
    return served > 1 && state !== 'zero' ? 'none: it was warm' : '';
  }

  /** Counts the seconds that it waits, for as long as it does. */
  #count(since: number, signal: AbortSignal): void {
    const timer = setInterval(() => {
      if (signal.aborted || this.dataset['state'] !== 'idle') clearInterval(timer);
      else this.#write('idle', `${((Date.now() - since) / 1000).toFixed(1)} s so far`);
    }, 100);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  #say(text: string): void {
    this.#write('status', text);
  }

  #write(part: string, text: string): void {
    const element = this.find(part, HTMLElement);
    if (element.textContent !== text) element.textContent = text;
  }
}

function seconds(ms: number | null): string {
  if (ms === null) return '';
  return ms < 1000 ? `${ms.toFixed(ms < 10 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

customElements.define('zero-to-one', ZeroToOne);
