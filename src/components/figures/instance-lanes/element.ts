/** `<instance-lanes>`: follows the runs of its demo or function. What it takes is loaded at the first run. */

import { onRun, type RunStarted } from '#src/demo/places/announce.ts';
import { CourseElement } from '../../element.ts';

export class InstanceLanes extends CourseElement {
  protected override connected(): void {
    const { demo, function: fn } = this.dataset;
    let following: AbortController | undefined;
    let followed: unknown;
    onRun((id, started) => {
      if (demo === undefined ? started.function !== fn : id !== demo) return;
      // A function's lanes go on from run to run; a demo's begin anew with each.
      if (demo === undefined && followed === started.place) return;
      followed = started.place;
      following?.abort();
      following = new AbortController();
      void this.#follow(started, AbortSignal.any([following.signal, this.signal]));
    }, this.signal);
  }

  async #follow({ place, function: fn, since }: RunStarted, signal: AbortSignal): Promise<void> {
    const kind = this.find('kind', HTMLElement);
    const { trace } = place;
    const store = this.dataset['store'] !== undefined;
    if (trace === undefined) {
      kind.textContent = `recorded: the ${place.name} does not show its instances`;
      return;
    }
    const { LanesSession } = await import('./session.ts');
    if (signal.aborted) return;
    kind.textContent = 'live';
    const session = new LanesSession(this, { trace, function: fn, store, since }, signal);
    // Whoever runs it has predicted. The first picture is drawn at once: the recorded run is never seen.
    session.drawOnce();
    this.dataset['open'] = '';
    this.whileVisible((visit) => session.draw(visit), signal);
  }
}

customElements.define('instance-lanes', InstanceLanes);
