/** Two functions of a small shop, about which people complain. */

let total = 0;

/** @param priceOf looks a price up, in a database */
export async function basket(
  items: string[],
  priceOf: (item: string) => Promise<number>,
): Promise<number> {
  for (const item of items) {
    const price = await priceOf(item);
    total += price;
    console.log(`${item} costs ${price}, and the total is ${total}`);
  }
  return total;
}

/** @param load counts the visits of a month, in a database */
export async function report(
  months: string[],
  load: (month: string) => Promise<number>,
): Promise<string[]> {
  const lines: string[] = [];
  for (const month of months) {
    const visits = await load(month);
    lines.push(`${month}: ${visits}`);
  }
  return lines;
}
