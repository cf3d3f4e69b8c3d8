/** A shop with one function: the price of tea, and now and then an invoice. */

interface Prices {
  tea: number;
}

let prices: Prices | undefined;
let printer: string | undefined;

/** Runs once, when an instance starts. */
export async function init(
  loadPrices: () => Promise<Prices>,
  loadPrinter: () => Promise<string>,
): Promise<void> {
  prices = await loadPrices();
  console.log('init: the prices are there');
  printer = await loadPrinter();
  console.log('init: the printer is there');
}

/** Runs for each call. */
export function answer(path: string): string {
  console.log(`a call asks for ${path}`);
  if (path === '/price') return `tea costs ${prices?.tea}`;
  return `${printer} prints ${prices?.tea}`;
}
