/** All that is shown of one outcome: the doors, a sentence, and the same as a table. */

import { html, type Markup } from '#src/components/markup.ts';
import { doorVerdict, OWN, RESERVED, type DoorOutcome } from './setup.ts';

const CELL = 30;
const COLUMNS = 10;

/** Who stands in a door: an instance's number, the platform, a superuser's reserve, or nobody. */
interface Door {
  readonly state: 'busy' | 'idle' | 'reserved' | 'zero';
  readonly text: string;
}

export const DOOR_FRAME = {
  drawing: (outcome: DoorOutcome): Markup => {
    const doors = doorsIn(outcome);
    const height = Math.ceil(doors.length / COLUMNS) * CELL;
    const cells = doors.map(({ state, text }, index) => {
      const [x, y] = [(index % COLUMNS) * CELL, Math.floor(index / COLUMNS) * CELL];
      return html`<g data-state="${state}"><rect x="${x + 2}" y="${y + 2}" width="${CELL - 4}" height="${CELL - 4}"/><text class="mark" x="${x + CELL / 2}" y="${y + CELL / 2 + 5}" text-anchor="middle">${text}</text></g>`;
    });
    return html`<svg role="img" aria-label="${doorVerdict(outcome)}" viewBox="0 0 ${COLUMNS * CELL} ${height}" width="100%">${cells}</svg>`;
  },
  verdict: (outcome: DoorOutcome): Markup => html`${doorVerdict(outcome)}`,
  table: (outcome: DoorOutcome): Markup => {
    const { wants } = outcome;
    const rows = alike(outcome).map(
      ({ from, to, gets }) =>
        html`<tr><th scope="row">${from === to ? from : `${from} to ${to}`}</th><td>${wants}</td><td>${gets}</td><td>${gets < wants ? 'yes' : 'no'}</td></tr>`,
    );
    return html`<table class="ledger"><thead><tr><th scope="col">Instance</th><th scope="col">wants</th><th scope="col">gets</th><th scope="col">is refused</th></tr></thead><tbody>${rows}</tbody></table>`;
  },
} as const;

/** Instances in a row that get the same, by their numbers. */
function alike({ got }: DoorOutcome): { from: number; to: number; gets: number }[] {
  const rows: { from: number; to: number; gets: number }[] = [];
  for (const [index, gets] of got.entries()) {
    const last = rows.at(-1);
    if (last?.gets === gets) last.to = index + 1;
    else rows.push({ from: index + 1, to: index + 1, gets });
  }
  return rows;
}

function doorsIn({ setup, got }: DoorOutcome): Door[] {
  const own = Array.from({ length: OWN }, (): Door => ({ state: 'idle', text: 'P' }));
  const taken = got.flatMap((gets, index) =>
    Array.from({ length: gets }, (): Door => ({ state: 'busy', text: String(index + 1) })),
  );
  const reserved = Array.from({ length: RESERVED }, (): Door => ({ state: 'reserved', text: 'S' }));
  const open = setup.doors - own.length - taken.length - reserved.length;
  const free = Array.from({ length: open }, (): Door => ({ state: 'zero', text: '' }));
  return [...own, ...taken, ...free, ...reserved];
}
