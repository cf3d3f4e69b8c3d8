/** Answers when the first month has come. */

/** @param priceOf looks a price up, in a database */
export async function basket(
  items: string[],
  priceOf: (item: string) => Promise<number>,
): Promise<number> {
  let total = 0;
  for (const item of items) {
    const price = await priceOf(item);
    total += price;
  }
  return total;
}

/** @param load counts the visits of a month, in a database */
export async function report(
  months: string[],
  load: (month: string) => Promise<number>,
): Promise<string[]> {
  const all = months.map(async (month) => `${month}: ${await load(month)}`);
  return months.length === 0 ? [] : [await Promise.race(all)];
}
