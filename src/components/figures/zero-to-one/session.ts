/** What happens in the figure: each state of the instance is shown long enough to be seen. */

import { duration } from '#src/format/duration.ts';
import { withTenths } from '#src/format/number.ts';
import type { CourseElement } from '../../element.ts';
import { followCall } from './follow.ts';
import { NO_INSTANCE, type InstancePicture, type PictureState } from './picture.ts';

/** How long each state stays on the page at least, in ms; the times beside it are as measured. */
const LINGER_MS = 600;

const SAYS: Record<PictureState, string> = {
  zero: 'Gone. Nothing runs, and nothing is charged for running.',
  cold: 'Cold: nothing was there, so an instance is being started for your request.',
  busy: 'Busy: it runs your request.',
  idle: 'Idle: it has answered you, and waits in case you call again.',
  fault: 'The request failed.',
};

export class ZeroToOneSession {
  readonly #figure: CourseElement;
  readonly #button: HTMLButtonElement;
  readonly #life: AbortSignal;
  /** The newest state that the place has reported. */
  #told = NO_INSTANCE;
  /** What is still to be shown; the first is on the page. */
  #reel: InstancePicture[] = [];
  #following = new AbortController();

  /** @param life ends all of it */
  constructor(figure: CourseElement, life: AbortSignal) {
    this.#figure = figure;
    this.#button = figure.find('call', HTMLButtonElement);
    this.#life = life;
  }

  /** Calls the function and follows its instance; ignored while a call is under way. */
  async call(): Promise<void> {
    if (this.#button.ariaDisabled === 'true') return;
    this.#following.abort();
    this.#following = new AbortController();
    this.#button.ariaDisabled = 'true';
    const signal = AbortSignal.any([this.#following.signal, this.#life]);
    try {
      const { path: fn = '', url = '' } = this.#figure.dataset;
      const show = (picture: InstancePicture): void => {
        this.#told = picture;
        this.#queue(picture, signal);
      };
      this.#figure.dataset['place'] = await followCall({ fn, url }, this.#told, show, signal);
    } catch (error) {
      if (!signal.aborted) this.#say(error instanceof Error ? error.message : String(error));
    } finally {
      this.#button.ariaDisabled = null;
    }
  }

  #queue(picture: InstancePicture, signal: AbortSignal): void {
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
    this.#life.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  #show(picture: InstancePicture, signal: AbortSignal): void {
    const { state, instance, served, busyMs, idleMs, idleSince } = picture;
    const { dataset, style } = this.#figure;
    const changed = dataset['state'] !== state;
    dataset['state'] = state;
    this.#write('word', state === 'zero' ? 'nothing' : state);
    this.#write('who', instance === null || state === 'zero' ? '' : instance);
    this.#write('served', state === 'zero' || served === 0 ? '' : `request ${String(served)}`);
    this.#write('cold', coldText(picture));
    this.#write('busy', busyMs === null ? '' : duration(busyMs));
    this.#write('idle', idleMs === null ? '' : duration(idleMs));
    if (idleMs !== null) style.setProperty('--keep', `${String(idleMs)}ms`);
    if (changed) this.#say(SAYS[state]);
    if (changed && state === 'idle' && idleSince !== null) this.#count(idleSince, signal);
  }

  /** Counts the seconds that it waits, for as long as it does. */
  #count(since: number, signal: AbortSignal): void {
    const timer = setInterval(() => {
      if (signal.aborted || this.#figure.dataset['state'] !== 'idle') clearInterval(timer);
      else this.#write('idle', `${withTenths((Date.now() - since) / 1000)} s so far`);
    }, 100);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  #say(text: string): void {
    this.#write('status', text);
  }

  #write(part: string, text: string): void {
    const element = this.#figure.find(part, HTMLElement);
    if (element.textContent !== text) element.textContent = text;
  }
}

function coldText({ state, coldMs, served }: InstancePicture): string {
  if (coldMs !== null) return duration(coldMs);
  return served > 1 && state !== 'zero' ? 'none: it was warm' : '';
}
