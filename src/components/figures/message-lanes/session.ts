/** What happens in the figure: the story follows what is ticked, and two hundred schedules are tried at a press. */

import { KNOWN_CONSUMERS, playHere } from '#faas/schedules/known-consumers.ts';
import type { MessageStory } from '#faas/schedules/message-story.ts';
import { findSchedule, SCHEDULES, type FoundSchedule } from '#faas/schedules/schedule-search.ts';
import type { CourseElement } from '../../element.ts';
import { formState, linkForm } from '../../form-link.ts';
import { DrawnParts } from '../drawn-parts.ts';
import { Experiment } from '../experiment.ts';
import { MESSAGE_FRAME } from './frame.ts';
import { messageSetup, storyOfSeed, tickedStory, type MessageSetup } from './setup.ts';

export class LaneSession {
  readonly #form: HTMLFormElement;
  readonly #seed: HTMLInputElement;
  readonly #parts: DrawnParts<MessageStory>;
  readonly #experiment: Experiment;
  /** What was set when the picture was drawn last; another consumer or another tick leaves the seed. */
  #before: string;

  /** @param signal ends all of it */
  constructor(figure: CourseElement, signal: AbortSignal) {
    this.#form = figure.find('form', HTMLFormElement);
    this.#seed = figure.find('seed', HTMLInputElement);
    this.#parts = new DrawnParts(figure, MESSAGE_FRAME, signal);
    this.#experiment = new Experiment({ figure, signal });
    const link = figure.find('link', HTMLAnchorElement);
    const first = String(formState(this.#form));
    this.#before = this.#ticked;
    linkForm({
      form: this.#form,
      id: figure.id,
      link,
      signal,
      onChange: () => void this.#follow(),
    });
    if (String(formState(this.#form)) !== first) void this.#show();
    this.#before = this.#ticked;
    const run = figure.find('run', HTMLButtonElement);
    run.addEventListener('click', () => void this.#search(), { signal });
  }

  get #setup(): MessageSetup {
    return messageSetup(formState(this.#form));
  }

  get #ticked(): string {
    return JSON.stringify({ ...this.#setup, seed: 0 });
  }

  async #follow(): Promise<void> {
    if (this.#ticked !== this.#before) this.#seed.value = '0';
    this.#before = this.#ticked;
    await this.#show();
  }

  async #show(): Promise<void> {
    const setup = this.#setup;
    if (setup.seed === 0) {
      this.#experiment.say('');
      this.#parts.draw(tickedStory(setup));
      return;
    }
    const story = await storyOfSeed(setup);
    this.#parts.draw(story);
    this.#experiment.say(
      story.broken === null
        ? `Schedule ${setup.seed} of ${SCHEDULES}: it breaks nothing.`
        : `Schedule ${setup.seed} of ${SCHEDULES}, made as small as it gets.`,
    );
  }

  #search(): Promise<void> {
    const { consumer } = this.#setup;
    return this.#experiment.start<FoundSchedule | null>({
      run: (signal, onProgress) =>
        findSchedule({
          play: (all) => all.map((one) => playHere(one, KNOWN_CONSUMERS[consumer])),
          signal,
          onProgress: async (tried) => {
            onProgress(tried / SCHEDULES);
            await new Promise<void>((resolve) => {
              setTimeout(resolve);
            });
          },
        }),
      show: (found) => {
        if (found === null) {
          this.#experiment.say(`It holds under all ${SCHEDULES} schedules.`);
          return;
        }
        this.#untick();
        this.#before = this.#ticked;
        this.#seed.value = String(found.seed);
        // The link says which one it is.
        this.#seed.dispatchEvent(new Event('input', { bubbles: true }));
        this.#seed.dispatchEvent(new Event('change', { bubbles: true }));
      },
    });
  }

  /** What a schedule brings is not what the reader had ticked. */
  #untick(): void {
    for (const box of this.#form.querySelectorAll('input')) {
      if (box.type === 'checkbox') box.checked = false;
      else if (box.name === 'crash') box.checked = box.value === '';
    }
  }
}
