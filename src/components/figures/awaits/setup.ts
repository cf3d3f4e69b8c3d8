/** The handler of the figure, and what is told of each of its steps. */

/** As it is shown, and as it is run: each line of the handler is one step. */
export const HANDLER = `let user = '';

async function handler(request) {
  user = nameOf(request);
  await saveVisit();
  return new Response(\`Hello, \${user}!\`);
}`;

/** Who calls, in this order. */
export const CALLERS = ['Ada', 'Bea'] as const;
export type Caller = (typeof CALLERS)[number];

/** One line that ran. */
export interface AwaitStep {
  readonly caller: Caller;
  /** Of `HANDLER`, from 1. */
  readonly line: number;
  /** What `user` was after it. */
  readonly user: string;
  /** What the caller was answered, if this was the last line. */
  readonly answer: string | null;
}

/** What happens in a step, in a sentence or two. */
export function sentenceOf({ caller, line, user, answer }: AwaitStep, isFirst: boolean): string {
  if (answer !== null) {
    const wrong = answer.includes(caller) ? '' : ' It is somebody else’s name.';
    return `${caller}’s call goes on, and reads user: “${answer}”${wrong}`;
  }
  if (line === lineWith('await')) {
    return `${caller}’s call waits at await. From here on somebody else can run in this instance.`;
  }
  return isFirst
    ? `${caller}’s call comes, and sets user to ${user}.`
    : `While the other call waits, ${caller}’s comes into the same instance, and sets user to ${user}.`;
}

/** Number of the first line of the handler that contains the text. */
export function lineWith(text: string): number {
  return HANDLER.split('\n').findIndex((line) => line.includes(text)) + 1;
}
