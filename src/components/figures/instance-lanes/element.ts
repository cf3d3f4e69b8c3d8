/** `<instance-lanes>`: follows the trace of its demo or function, and draws while it is in view. */

import { onRun, type RunStarted } from '#src/demo/places/announce.ts';
import { CourseElement } from '../../element.ts';

export class InstanceLanes extends CourseElement {
  protected override connected(): void {
    const { demo, function: path } = this.dataset;
    let following: AbortController | undefined;
    let followed: unknown;
    onRun((id, started) => {
      if (demo === undefined ? started.function !== path : id !== demo) return;
      // A function's lanes go on from run to run; a demo's begin anew with each.
      if (demo === undefined && followed === started.place) return;
      followed = started.place;
      following?.abort();
      following = new AbortController();
      void this.#follow(started, AbortSignal.any([following.signal, this.signal]));
    }, this.signal);
  }

  async #follow({ place, function: path, since }: RunStarted, signal: AbortSignal): Promise<void> {
    const kind = this.find('kind', HTMLElement);
    const { trace } = place;
    if (trace === undefined) {
      kind.textContent = `recorded: the ${place.name} does not show its instances`;
      return;
    }
    const { LiveLanes } = await import('./live-lanes.ts');
    if (signal.aborted) return;
    kind.textContent = 'live';
    const live = new LiveLanes({
      trace,
      function: path,
      since,
      id: this.id,
      onPicture: ({ svg, table }) => {
        this.find('drawing', HTMLElement).innerHTML = svg;
        this.find('table', HTMLElement).innerHTML = table;
      },
      signal,
    });
    // Whoever runs it has predicted. The first picture is drawn at once: the recorded run is never seen.
    const once = new AbortController();
    live.draw(once.signal);
    once.abort();
    this.dataset['open'] = '';
    this.whileVisible((visit) => live.draw(AbortSignal.any([visit, signal])));
  }
}

customElements.define('instance-lanes', InstanceLanes);
