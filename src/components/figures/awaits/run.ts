/** Runs the handler for two callers at once, and writes down each line as it runs. */

import { runInNewContext } from 'node:vm';
import { CALLERS, HANDLER, type AwaitStep, type Caller } from './setup.ts';

type Handler = (request: { readonly name: Caller }) => Promise<Response>;

/**
 * Both calls are begun in one turn, so that the second comes while the first waits; what they wait for
 * ends in the order in which it began.
 */
export async function runAwaits(): Promise<AwaitStep[]> {
  const steps: AwaitStep[] = [];
  const saved: PromiseWithResolvers<undefined>[] = [];
  const context = {
    Response,
    nameOf: ({ name }: { name: Caller }) => name,
    saveVisit: () => {
      const visit = Promise.withResolvers<undefined>();
      saved.push(visit);
      return visit.promise;
    },
    ran: (caller: Caller, line: number, user: string) =>
      void steps.push({ caller, line, user, answer: null }),
  };
  const handler = runInNewContext(`${observed(HANDLER)}\nhandler`, context) as Handler;
  const answers = CALLERS.map((name) => handler({ name }));
  for (const visit of saved) {
    visit.resolve(undefined);
    await visit.promise;
  }
  for (const [index, answer] of (await Promise.all(answers)).entries()) {
    const at = steps.findLastIndex(({ caller }) => caller === CALLERS[index]);
    const step = steps[at];
    if (step) steps[at] = { ...step, answer: await answer.text() };
  }
  return steps;
}

/**
 * The same program, which tells of each line of the handler: after it where it sets something, and
 * before it where it waits or returns.
 */
function observed(program: string): string {
  const lines = program.split('\n').map((line, index) => {
    const told = `ran(request.name, ${String(index + 1)}, user);`;
    if (!line.startsWith('  ')) return line;
    return /^\s*(await|return)\b/.test(line) ? `${told} ${line}` : `${line} ${told}`;
  });
  return lines.join('\n');
}
