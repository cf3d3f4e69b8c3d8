/** All that is shown of one checkout: as it ran, or as the model has it. */

import { callsIn, callTrees, type TracedCall } from '#faas/core/trace/call-tree.ts';
import { composedEvents, type ComposedOutcome } from '#faas/simulation/composed-call.ts';
import { html, type Markup } from '#src/components/markup.ts';
import { drawWaterfall, treeSummary } from './draw.ts';
import { answeredShare, modelOf, type CheckoutSetup } from '../checkout.ts';
import { callsTable, comparedTable, spendingTable } from './table.ts';

/** One checkout. */
export interface CheckoutShown {
  /** Null when it has not been run: the model's tree is drawn. */
  readonly ran: TracedCall | null;
  readonly model: ComposedOutcome;
  readonly drawn: TracedCall;
  /** Share of clicks that are answered, when each function fails now and then. */
  readonly answered: number;
}

export function checkoutShown(setup: CheckoutSetup, ran: TracedCall | null): CheckoutShown {
  const model = modelOf(setup);
  const drawn = ran ?? callTrees(composedEvents(model))[0];
  if (drawn === undefined) throw new Error('The model made no call.');
  return { ran, model, drawn, answered: answeredShare(setup) };
}

/** Whether a run made the calls that the model makes, and was answered alike. */
export function isAsModelled(tree: TracedCall, setup: CheckoutSetup): boolean {
  const { drawn } = checkoutShown(setup, null);
  const calls = (root: TracedCall): number => [...callsIn(root)].length;
  // How many there are under a limit of time depends on the machine.
  const isTimed = setup.timeoutMs > 0 || setup.deadlineMs > 0;
  return tree.status === drawn.status && (isTimed || calls(tree) === calls(drawn));
}

export const CHECKOUT_FRAME = {
  drawing: ({ drawn }: CheckoutShown): Markup => drawWaterfall(drawn),
  verdict: ({ ran, drawn }: CheckoutShown): Markup =>
    html`${ran === null ? 'The model' : 'It ran'}: ${treeSummary(drawn)}`,
  compared: ({ ran, model, answered }: CheckoutShown): Markup =>
    comparedTable(ran, model, answered),
  spent: ({ drawn }: CheckoutShown): Markup => spendingTable(drawn),
  table: ({ drawn }: CheckoutShown): Markup => callsTable(drawn),
} as const;
