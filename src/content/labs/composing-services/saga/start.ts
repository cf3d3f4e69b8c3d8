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
type IsDone = (step: string, key: string) => Promise<boolean>;

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
  isDone: IsDone,
): Promise<string> {
  const log = await read();
  for (const step of STEPS) {
    // What does the log say of this step already?
    await note(log, { step, is: 'begun' }, write);
    const is = await act(step, order);
    await note(log, { step, is }, write);
    // And if it was not done?
  }
  return 'done';
}

/** Takes back what this saga has done: undone, needs a human, or busy. */
async function undo(order: string, log: Line[], write: Write, takeBack: TakeBack): Promise<string> {
  // Which steps, in which order? And if one cannot be taken back?
  return 'undone';
}
