/** What stands in the database after a storm, and what is wrong with it. */

/** What `/api/ledger` of the project answers. */
export interface Ledger {
  readonly effects: readonly { readonly message: string; readonly times: number }[];
  /** How often a consumer was called. */
  readonly deliveries: number;
  /** Messages of the queue that are not done. */
  readonly waiting: readonly { readonly id: string; readonly isDead: boolean }[];
}

/** What broke for messages that were accepted; null when each had its effect, once. */
export function wrongWith(
  accepted: readonly string[],
  { effects, waiting }: Ledger,
): string | null {
  const times = new Map(effects.map((effect) => [effect.message, effect.times]));
  const left = new Map(waiting.map(({ id, isDead }) => [id, isDead]));
  const wrong = accepted.flatMap((id) => {
    const found = times.get(id) ?? 0;
    if (found === 1) return [];
    if (found > 1) return `${id} had its effect ${found} times`;
    const isDead = left.get(id);
    const where = isDead === undefined ? 'is gone' : isDead ? 'is a dead letter' : 'still waits';
    return `${id} was accepted, had no effect, and ${where}`;
  });
  return wrong.length === 0 ? null : wrong.join('; ');
}
