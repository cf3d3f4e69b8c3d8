/** Loads the printer in the first call, whatever that asks for. */

interface Prices {
  tea: number;
}

let prices: Prices | undefined;
let loading: Promise<string> | undefined;

/** Runs once, when an instance starts. */
export async function init(loadPrices: () => Promise<Prices>): Promise<void> {
  prices = await loadPrices();
}

/** Runs for each call. */
export async function answer(path: string, loadPrinter: () => Promise<string>): Promise<string> {
  loading ??= loadPrinter();
  await loading;
  if (path === '/price') return `tea costs ${prices?.tea}`;
  try {
    return `${await loading} prints ${prices?.tea}`;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}
