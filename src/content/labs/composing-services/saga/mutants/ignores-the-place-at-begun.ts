/** The coordinator of a checkout: three steps, and a log in a database, in case it does not live to the end. */

const STEPS = ['cart', 'pay', 'ship'];

interface Line {
  step: string;
  is: string; // begun, done, refused, unknown, undone, kept
}
type Read = () => Promise<Line[]>;
type Write = (line: Line, place: number) => Promise<boolean>;
type Act = (step: string, key: string) => Promise<string>; // done, refused, unknown
type TakeBack = (step: string, key: string) => Promise<string>; // undone, failed

/** Writes the next line. False: somebody else has written one there. */
async function note(log: Line[], line: Line, write: Write): Promise<boolean> {
  const isMine = await write(line, log.length);
  console.log(`${line.step} ${line.is}${isMine ? '' : ': the place is taken'}`);
  if (isMine) log.push(line);
  return isMine;
}

/** What the log last says of a step; undefined when it says nothing. */
function last(log: Line[], step: string): string | undefined {
  return log.findLast((line) => line.step === step)?.is;
}

/** Begins the saga of an order, or goes on with it: done, undone, needs a human, or busy. */
export async function resume(
  order: string,
  read: Read,
  write: Write,
  act: Act,
  takeBack: TakeBack,
): Promise<string> {
  const log = await read();
  for (const step of STEPS) {
    if (log.some(({ is }) => is !== 'begun' && is !== 'done')) break;
    if (last(log, step) === 'done') continue;
    const isNew = last(log, step) === undefined;
    if (isNew) await note(log, { step, is: 'begun' }, write);
    const is = await act(step, order);
    if (!(await note(log, { step, is }, write))) return 'busy';
  }
  const isWhole = STEPS.every((step) => last(log, step) === 'done');
  return isWhole ? 'done' : undo(order, log, write, takeBack);
}

/** Takes back what this saga has done: undone, needs a human, or busy. */
async function undo(order: string, log: Line[], write: Write, takeBack: TakeBack): Promise<string> {
  let end = 'undone';
  for (const step of [...STEPS].reverse()) {
    if (!['done', 'unknown', 'kept'].includes(last(log, step) ?? '')) continue;
    let came = await takeBack(step, order);
    for (let tried = 1; tried < 3 && came === 'failed'; tried += 1) {
      came = await takeBack(step, order);
    }
    const is = came === 'undone' ? 'undone' : 'kept';
    if (!(await note(log, { step, is }, write))) return 'busy';
    if (is === 'kept') end = 'needs a human';
  }
  return end;
}
