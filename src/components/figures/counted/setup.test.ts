import { expect, test } from 'vitest';
import { callTrees } from '#faas/core/trace/call-tree.ts';
import { composedEvents } from '#faas/simulation/composed-call.ts';
import { modelOf } from '../checkout.ts';
import { countedCalls, COUNTED_CLICKS, modelledCalls, setupOf } from './setup.ts';

test('the model: 27, 3, three presses 9, and fewer with a deadline', () => {
  const ships = COUNTED_CLICKS.map((click) => modelledCalls('ship', click));
  expect(ships).toEqual([27, 3, 9, 12, 0]);
  expect(COUNTED_CLICKS.map((click) => modelledCalls('pay', click))).toEqual([9, 1, 3, 5, 1]);
});

test('calls are counted in a tree of any kind, undoing left out', () => {
  for (const click of COUNTED_CLICKS.filter(({ presses }) => presses === 1)) {
    const trees = callTrees(composedEvents(modelOf(setupOf(click))));
    const named = trees.map((tree) => renamed(tree));
    expect(countedCalls('ship', named)).toBe(modelledCalls('ship', click));
    expect(countedCalls('pay', named)).toBe(modelledCalls('pay', click));
  }
});

/** As a place would tell it: with a query. */
function renamed(call: ReturnType<typeof callTrees>[number]): typeof call {
  return { ...call, url: `${call.url}?next=`, calls: call.calls.map(renamed) };
}
