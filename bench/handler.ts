/**
 * What every peer runs: a small JSON answer and a count that lives in module scope. With `?do=` it
 * misbehaves on purpose, for the checks of behaviour. It uses nothing but what all of them have.
 */

interface Answer {
  /** Calls that this instance has taken, this one included. */
  readonly count: number;
  /** Another for every instance. */
  readonly instance: string;
  /** Most calls that this instance has had at once. */
  readonly atOnce: number;
}

let instance = '';
let count = 0;
let running = 0;
let atOnce = 0;
const held: Uint8Array[] = [];

/** @param query `do` is `wait`, `spin` or `hold`; `amount` is in ms, or in MB */
export async function answer(query: URLSearchParams): Promise<Answer> {
  // Not at load: isolates at the edge have no chance outside of a request.
  if (instance === '') instance = crypto.randomUUID();
  count += 1;
  const task = query.get('do');
  if (task === null) return { count, instance, atOnce: Math.max(atOnce, 1) };
  running += 1;
  atOnce = Math.max(atOnce, running);
  await perform(task, Number(query.get('amount')));
  running -= 1;
  return { count, instance, atOnce };
}

async function perform(task: string, amount: number): Promise<void> {
  if (task === 'wait') await new Promise((resolve) => setTimeout(resolve, amount));
  if (task === 'spin') for (const end = Date.now() + amount; Date.now() < end;);
  if (task === 'hold') {
    for (let mb = 0; mb < amount; mb += 8) held.push(new Uint8Array(8e6).fill(1));
    // Whoever watches has had the time to see it.
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await answer(new URL(request.url).searchParams));
  },
};
