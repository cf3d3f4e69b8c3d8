/** Says done of what it knows, with its transaction open. */

interface Message {
  id: string;
  source: string; // who sent it: two senders may count alike
  customer: string;
}
interface Entry {
  id: string;
  key: string; // entries of one key are to be added in their order
  text: string;
}

/** Ten points for the customer, in our own database. */
export async function addPoints(
  message: Message,
  begin: () => Promise<void>,
  remember: (source: string, id: string) => Promise<boolean>,
  act: (customer: string) => Promise<void>,
  commit: () => Promise<void>,
  done: () => Promise<void>,
): Promise<void> {
  await begin();
  const isNew = await remember(message.source, message.id);
  if (isNew) {
    await act(message.customer);
    await commit();
  }
  await done();
}

/** Charges a card. The card company is a system of its own. */
export async function chargeCard(
  message: Message,
  charge: (customer: string, cents: number, key?: string) => Promise<string>,
  done: () => Promise<void>,
): Promise<void> {
  await charge(message.customer, 1000, `${message.source} ${message.id}`);
  await done();
}

/** Adds a batch of entries. Answers the ids of those that are to be delivered again. */
export async function addEntries(
  entries: Entry[],
  add: (entry: Entry) => Promise<void>,
): Promise<string[]> {
  const again: string[] = [];
  const stuck = new Set<string>();
  for (const entry of entries) {
    if (stuck.has(entry.key)) {
      again.push(entry.id);
      continue;
    }
    try {
      await add(entry);
    } catch (error) {
      console.log(`${entry.id}: ${String(error)}`);
      stuck.add(entry.key);
      again.push(entry.id);
    }
  }
  return again;
}
