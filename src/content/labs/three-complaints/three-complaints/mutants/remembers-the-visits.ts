/** Keeps what was loaded outside of the call. */

const seen = new Map<string, Promise<number>>();

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
  const loaded = months.map((month) => {
    const visits = seen.get(month) ?? load(month);
    seen.set(month, visits);
    return visits;
  });
  const visits = await Promise.all(loaded);
  return months.map((month, index) => `${month}: ${visits[index]}`);
}
