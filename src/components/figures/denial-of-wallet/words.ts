/** The attack in words: where its bill ends however many calls come, and whose limit that is. */

import { html, type Markup } from '#src/components/markup.ts';
import { money, roundMoney } from '#src/format/money.ts';
import { counted, wholeNumber } from '#src/format/number.ts';
import { DOOR_LIMIT } from './setup.ts';
import type { WalletOutcome } from './wallet-outcome.ts';

const CURRENCY = 'USD';
const MONTH_HOURS = 730;

/** Where each bill ends however many calls come, and whose limit that is. */
export function walletCeiling({ setup, guarded }: WalletOutcome): Markup {
  const [none, inFunction, atDoor] = guarded.map(
    ({ ceiling }) =>
      html`<b>${money(ceiling, CURRENCY)}</b> an hour, ${roundMoney(Math.round(ceiling * MONTH_HOURS), CURRENCY)} a month`,
  );
  return html`<p><b>The ceiling.</b> However many such calls come, door, requests, time, logs and answers cost ${none} at most without a cap: the account has ${wholeNumber(setup.limit)} instances, and the door lets ${wholeNumber(DOOR_LIMIT)} calls a second through, unless you have asked for more. With ${counted(setup.cap, 'instance')} in the function it is ${inFunction}. With ${counted(setup.door, 'call')} a second at the door it is ${atDoor}, as long as a call takes ${wholeNumber(setup.ms)} ms. A longer one raises it. What a call reads and writes elsewhere comes on top.</p>`;
}
