/**
 * Shows on a list of lessons what the reader has begun and done, and keeps it so while it changes.
 * Which questions there are is asked for only when something is kept: a new reader has done nothing.
 */

import { lessonState, readQuestions } from '../../../progress/lesson-state.ts';
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
      const { state, second } = lessonState(progress(), slug, readQuestions(lessons[slug] ?? ''));
      if (state === 'new') delete row.dataset['progress'];
      else row.dataset['progress'] = state;
      row.toggleAttribute('data-second-done', second === 'done');
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

customElements.define('course-progress', CourseProgress);
