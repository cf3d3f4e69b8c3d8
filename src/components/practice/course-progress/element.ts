/**
 * Shows on a list of lessons what the reader has begun and done, and keeps it so while it changes.
 * What each lesson asks is fetched only when something is kept: a new reader has done nothing.
 */

import {
  labState,
  lessonState,
  readQuestions,
  type LessonState,
} from '../../../progress/lesson-state.ts';
import { progress } from '../../../progress/store.ts';
import { CourseElement } from '../../element.ts';
import { readWritten } from '../../written.ts';

type Lessons = Readonly<Record<string, string>>;

export class CourseProgress extends CourseElement {
  #lessons: Promise<Lessons | null> | undefined;

  protected connected(): void {
    const mark = (): void => void this.#mark();
    progress().addEventListener('change', mark, { signal: this.signal });
    mark();
  }

  async #mark(): Promise<void> {
    const lessons = progress().all().size === 0 ? {} : await this.#asked();
    if (lessons === null) return;
    for (const row of this.querySelectorAll<HTMLElement>('[data-lesson]')) {
      const slug = row.dataset['lesson'] ?? '';
      mark(row, lessonState(progress(), slug, readQuestions(lessons[slug] ?? '')));
    }
    for (const row of this.querySelectorAll<HTMLElement>('[data-checkpoint]')) {
      const state = labState(progress(), row.dataset['checkpoint'] ?? '');
      mark(row, { state, second: null, labs: null });
    }
  }

  /** Null when no answer comes: the next change asks again. */
  async #asked(): Promise<Lessons | null> {
    this.#lessons ??= readWritten<Lessons>(this.dataset['questions'] ?? '');
    const lessons = await this.#lessons;
    if (lessons === null) this.#lessons = undefined;
    return lessons;
  }
}

type Marked = Pick<LessonState, 'state' | 'second' | 'labs'>;

/** In a list where words have no room, signs stand for them, and the words are still read out. */
function mark(row: HTMLElement, { state, second, labs }: Marked): void {
  if (state === 'new') delete row.dataset['progress'];
  else row.dataset['progress'] = state;
  const place = row.querySelector<HTMLElement>('[data-marks]') ?? placeIn(row);
  const isSecondDone = second === 'done';
  const isLabDone = labs === 'done' || labs === 'assembled';
  const words = [
    state === 'new' ? '' : state,
    isSecondDone ? 'second sitting done' : '',
    isLabDone ? 'lab done' : '',
  ];
  const done = isSecondDone ? '✓✓' : '✓';
  const signs = [state === 'done' ? done : '', isLabDone ? 'lab' : ''];
  const said = words.filter(Boolean).join(', ');
  place.innerHTML =
    place.dataset['marks'] === 'words'
      ? said
      : `<span aria-hidden="true">${signs.join(' ').trim()}</span><span class="visually-hidden">${said}</span>`;
}

/** A list without a place of its own has the marks at the end of its links. */
function placeIn(row: HTMLElement): HTMLElement {
  const place = document.createElement('span');
  place.dataset['marks'] = '';
  (row.querySelector('a') ?? row).append(place);
  return place;
}

customElements.define('course-progress', CourseProgress);
