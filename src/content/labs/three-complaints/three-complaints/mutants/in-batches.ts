/** Asks for three months at once, and then for the next three. */

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
  const visits: number[] = [];
  for (let from = 0; from < months.length; from += 3) {
    const few = months.slice(from, from + 3);
    visits.push(...(await Promise.all(few.map((month) => load(month)))));
  }
  return months.map((month, index) => `${month}: ${visits[index]}`);
}
