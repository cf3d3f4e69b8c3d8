/** Loads the prices when they are needed first. */

interface Prices {
  tea: number;
}

let prices: Prices | undefined;
let loading: Promise<string> | undefined;
let pricing: Promise<Prices> | undefined;

/** Runs once, when an instance starts. */
export function init(): void {}

/** Runs for each call. */
export async function answer(
  path: string,
  loadPrinter: () => Promise<string>,
  loadPrices: () => Promise<Prices>,
): Promise<string> {
  pricing ??= loadPrices();
  prices = await pricing;
  if (path === '/price') return `tea costs ${prices?.tea}`;
  loading ??= loadPrinter();
  try {
    return `${await loading} prints ${prices?.tea}`;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}
