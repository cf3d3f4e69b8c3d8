/** What the figure shows of a set-up: drawn by the build and by the page alike. */

import type { Markup } from '#src/components/markup.ts';
import { drawWallet } from './draw.ts';
import { walletPrices, walletTable } from './table.ts';
import type { WalletOutcome } from './wallet-outcome.ts';
import { walletCeiling } from './words.ts';

/** What is drawn into the element with `data-part` of the same name. */
export const WALLET_FRAME = {
  chart: drawWallet,
  totals: walletTable,
  ceiling: walletCeiling,
  prices: walletPrices,
} as const satisfies Record<string, (outcome: WalletOutcome) => Markup>;
