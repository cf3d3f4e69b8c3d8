/** A load on three price lists in words: what each costs, and why the cheapest is. */

import { html, type Markup } from '#src/components/markup.ts';
import { largeNumber, rate } from '#src/format/large-number.ts';
import { money } from '#src/format/money.ts';
import { average, counted, twoDigits } from '#src/format/number.ts';
import { percent } from '#src/format/percent.ts';
import {
  containersOf,
  isOwn,
  machinesOf,
  OPTION_NAMES,
  type ListsOutcome,
} from './lists-outcome.ts';

const CURRENCY = 'USD';
const SECONDS = 3600;
const MONTH_HOURS = 730;

/** A row for each list: what runs, and what the month costs. */
export function listsTotals({ lists, ranked, ...outcome }: ListsOutcome): Markup {
  const [least, most] = containersOf(lists);
  const runs = {
    function: 'nothing between two calls',
    container:
      least === most
        ? `${counted(most, 'container')} all the time`
        : `${least} to ${counted(most, 'container')}, by the hour`,
    machine: `${counted(machinesOf(lists), 'machine')} all the time`,
  };
  const rows = (['function', 'container', 'machine'] as const).map((id) => {
    const isBest = ranked[0]?.id === id;
    return html`<tr${isBest && html` aria-current="true"`}><th scope="row">${OPTION_NAMES[id]}</th><td>${runs[id]}</td><td>${money(lists[id].month, CURRENCY)}${isBest && html` <small>least</small>`}</td></tr>`;
  });
  return html`<table class="ledger"><caption>${loadText({ lists, ranked, ...outcome })}</caption><thead><tr><th scope="col">List</th><th scope="col">What runs</th><th scope="col">A month</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function loadText(outcome: ListsOutcome): string {
  const { shape, load } = outcome;
  const mean = rate(shape.calls / (MONTH_HOURS * SECONDS));
  const peak = rate(shape.peak / SECONDS);
  const whose = isOwn(outcome) ? `Your ${counted(load.length, 'hour')}, as a month of 730: ` : '';
  return `${whose}${largeNumber(shape.calls)} calls, ${mean}, and ${peak} in the busiest hour`;
}

/** Why the machines cost more or less than the function: their idle time against its premium. */
export function listsReason(outcome: ListsOutcome): Markup {
  const { lists, shape, used, premium, surplus, ranked } = outcome;
  const [it, its, they] =
    machinesOf(lists) === 1
      ? ['The machine is', 'its', 'the machine’s']
      : ['The machines are', 'their', 'the machines’'];
  if (shape.calls === 0) {
    return html`<p>Nobody calls. The function costs what stands around it, and ${they} month is for idle time alone.</p>`;
  }
  const ratio = lists.function.month / lists.machine.month;
  const verdict = html`the function’s month is ${comparedWith(ratio)} ${they}`;
  const third =
    ranked[0]?.id === 'container' &&
    ' The containers follow the load from hour to hour, and cost less than either.';
  if (premium === null) {
    return html`<p>${it} used beyond what ${its} price has in it: <b>${money(surplus, CURRENCY)}</b> of ${its} month is for that. And ${verdict}: ${twoDigits(ratio)} times as much.${third}</p>`;
  }
  return html`<p>A call costs <b>${average(premium)} times</b> as much in the function as in a machine that is used as far as its price goes. ${it} used to <b>${percent(used)}</b> of that. ${average(premium)} × ${percent(used)} is ${twoDigits(ratio)}: ${verdict}.${third}</p>`;
}

function comparedWith(ratio: number): string {
  if (Math.abs(ratio - 1) < 0.001) return 'the same as';
  return ratio < 1 ? 'less than' : 'more than';
}
