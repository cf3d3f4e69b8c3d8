/** Shows on a list of lessons what the reader has begun and done, and keeps it so while it changes. */

import { lessonState, readQuestions } from '../../../progress/lesson-state.ts';
import { progress } from '../../../progress/store.ts';
import { CourseElement } from '../../element.ts';

export class CourseProgress extends CourseElement {
  protected connected(): void {
    progress().addEventListener('change', () => this.#mark(), { signal: this.signal });
    this.#mark();
  }

  #mark(): void {
    const lessons = JSON.parse(this.dataset['lessons'] ?? '{}') as Record<string, string>;
    for (const row of this.querySelectorAll<HTMLElement>('[data-lesson]')) {
      const slug = row.dataset['lesson'] ?? '';
      const { state } = lessonState(progress(), slug, readQuestions(lessons[slug] ?? ''));
      if (state === 'new') delete row.dataset['progress'];
      else row.dataset['progress'] = state;
    }
  }
}

customElements.define('course-progress', CourseProgress);
