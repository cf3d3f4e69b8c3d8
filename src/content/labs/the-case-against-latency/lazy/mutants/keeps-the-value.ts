/** Keeps the printer, and not the promise of it. */

interface Prices {
  tea: number;
}

let prices: Prices | undefined;
let printer: string | undefined;

/** Runs once, when an instance starts. */
export async function init(loadPrices: () => Promise<Prices>): Promise<void> {
  prices = await loadPrices();
}

/** Runs for each call. */
export async function answer(path: string, loadPrinter: () => Promise<string>): Promise<string> {
  if (path === '/price') return `tea costs ${prices?.tea}`;
  printer ??= await loadPrinter();
  return `${printer} prints ${prices?.tea}`;
}
