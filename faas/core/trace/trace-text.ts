/** A trace as a person reads it: one event, one line. */

import type { TraceEvent } from './trace.ts';

export function traceText(events: Iterable<TraceEvent>): string {
  return Array.from(events, line).join('\n');
}

function line(event: TraceEvent): string {
  return `${ms(event.at).padStart(9)}  ${sentence(event)}`;
}

function sentence(event: TraceEvent): string {
  switch (event.type) {
    case 'request.queued':
      return `${event.request} ${event.method} ${event.url}`;
    case 'instance.starting':
      return `${event.instance} starting ${event.request === null ? 'ahead of need' : `for ${event.request}`}`;
    case 'instance.ready':
      return `${event.instance} ready (start ${ms(event.startMs)}, init ${ms(event.initMs)})`;
    case 'request.started':
      return `${event.request} on ${event.instance}, ${event.cold ? 'cold' : 'warm'}, its ${ordinal(event.served)}, queued ${ms(event.queueMs)}`;
    case 'request.done':
      return `${event.request} done ${event.status} after ${ms(event.handlerMs)}`;
    case 'request.failed':
      return `${event.request} failed: ${event.code}${event.instance === null ? '' : ` after ${ms(event.handlerMs)}`}`;
    case 'instance.stopped':
      return `${event.instance} stopped: ${event.reason}, served ${event.served}`;
    case 'log':
      return `${event.instance} ${event.stream}: ${event.text}`;
  }
}

/** Milliseconds with at most one decimal. */
function ms(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const SUFFIXES: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const RULES = new Intl.PluralRules('en', { type: 'ordinal' });

function ordinal(count: number): string {
  return `${count}${SUFFIXES[RULES.select(count)] ?? 'th'}`;
}
