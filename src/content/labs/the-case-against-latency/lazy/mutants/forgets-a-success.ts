/** Forgets the promise as soon as it is settled. */

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
  loading ??= loadPrinter().finally(() => (loading = undefined));
  return `${await loading} prints ${prices?.tea}`;
}
