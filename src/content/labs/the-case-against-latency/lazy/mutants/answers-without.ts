/** Answers without a printer when it cannot be loaded. */

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
  if (path === '/price') return `tea costs ${prices?.tea}`;
  loading ??= loadPrinter();
  try {
    return `${await loading} prints ${prices?.tea}`;
  } catch {
    loading = undefined;
    return `nothing prints ${prices?.tea}`;
  }
}
