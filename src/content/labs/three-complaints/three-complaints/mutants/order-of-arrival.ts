/** Writes the lines in the order in which the answers come. */

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
  const lines: string[] = [];
  const add = async (month: string): Promise<void> => {
    lines.push(`${month}: ${await load(month)}`);
  };
  await Promise.all(months.map(add));
  return lines;
}
