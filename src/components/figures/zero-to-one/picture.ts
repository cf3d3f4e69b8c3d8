/** What the figure shows of one instance at one moment, read from the trace. */

import type { TraceEvent } from '#faas/core/trace/trace.ts';
import type { Run } from '#src/demo/places/place.ts';

/** The states of an instance in the course's colours; `zero`: there is none. */
export type PictureState = 'zero' | 'cold' | 'busy' | 'idle' | 'fault';

/** All that the figure shows at one moment. */
export interface InstancePicture {
  readonly state: PictureState;
  readonly instance: string | null;
  /** Requests it has taken. */
  readonly served: number;
  /** From asked-for to its code loaded, in ms. Null: not known, or the request found it warm. */
  readonly coldMs: number | null;
  /** The last run of the handler, in ms. */
  readonly busyMs: number | null;
  /** When it fell idle, in ms since the Unix epoch. */
  readonly idleSince: number | null;
  /** How long it had been idle when it was stopped, in ms. */
  readonly idleMs: number | null;
}

/** Before the first call. */
export const NO_INSTANCE: InstancePicture = {
  state: 'zero',
  instance: null,
  served: 0,
  coldMs: null,
  busyMs: null,
  idleSince: null,
  idleMs: null,
};

/** The picture after `event`, or the same one if it is about another instance or changes nothing. */
export function pictureAfter(picture: InstancePicture, event: TraceEvent): InstancePicture {
  switch (event.type) {
    case 'instance.starting':
      return picture.state === 'zero'
        ? { ...NO_INSTANCE, state: 'cold', instance: event.instance }
        : picture;
    case 'request.started':
      if (picture.state !== 'zero' && event.instance !== picture.instance) return picture;
      return {
        ...picture,
        state: 'busy',
        instance: event.instance,
        served: event.served,
        coldMs: event.cold ? picture.coldMs : null,
        busyMs: null,
        idleSince: null,
        idleMs: null,
      };
  }
  if (!('instance' in event) || event.instance !== picture.instance) return picture;
  switch (event.type) {
    case 'instance.ready':
      return { ...picture, coldMs: event.startMs + event.initMs };
    case 'request.done':
      return { ...picture, state: 'idle', busyMs: event.handlerMs, idleSince: event.at };
    case 'request.failed':
      return { ...picture, state: 'fault' };
    case 'instance.stopped': {
      const idleMs = picture.idleSince === null ? null : event.at - picture.idleSince;
      return { ...picture, state: 'zero', idleMs };
    }
    default:
      return picture;
  }
}

/** The pictures of a run in a place without a trace, from its answer alone. */
export function picturesOf(run: Run): InstancePicture[] {
  const { start, init, handler } = run.split;
  const base = { ...NO_INSTANCE, instance: run.instance, served: run.served ?? 1 };
  const coldMs = run.cold && start !== null ? start + (init ?? 0) : null;
  const cold: InstancePicture[] = run.cold ? [{ ...base, state: 'cold', coldMs }] : [];
  const busy: InstancePicture = { ...base, state: 'busy', coldMs };
  if (run.status >= 400) return [...cold, busy, { ...busy, state: 'fault' }];
  return [
    ...cold,
    busy,
    { ...busy, state: 'idle', busyMs: handler, idleSince: run.at + run.totalMs },
  ];
}
