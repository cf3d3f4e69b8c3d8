/** Begins to load the printer in init, and does not wait for it. */

interface Prices {
  tea: number;
}

let prices: Prices | undefined;
let loading: Promise<string> | undefined;

/** Runs once, when an instance starts. */
export async function init(
  loadPrices: () => Promise<Prices>,
  loadPrinter: () => Promise<string>,
): Promise<void> {
  loading = loadPrinter();
  prices = await loadPrices();
}

/** Runs for each call. */
export async function answer(path: string, loadPrinter: () => Promise<string>): Promise<string> {
  if (path === '/price') return `tea costs ${prices?.tea}`;
  loading ??= loadPrinter();
  try {
    return `${await loading} prints ${prices?.tea}`;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}
