/** A call that the platform answered for the function, because it failed: in a reader's words. */

import type { Problem, ProblemCode } from '../core/problem.ts';

/** Why a call failed, and where in the reader's file. */
export interface FailedCall {
  /** `the function threw: …` */
  readonly came: string;
  /** What to look for; null when the reason says it all. */
  readonly detail: string | null;
}

const OURS = 'urn:scale-to-zero:problem:';

/** Null when the body is no problem document of the platform. @param lastLine printed last */
export function platformSays(body: string, lastLine: string | undefined): FailedCall | null {
  const problem = problemIn(body);
  if (problem === null) return null;
  const { code, detail, stack } = problem;
  // Where types are left out is a line of the platform, and none of the reader's.
  const isOurs = detail.includes('cannot be read as TypeScript');
  const place = stack === undefined || isOurs ? null : placeIn(stack);
  const where = place === null ? '' : ` (${place})`;
  const reason = REASONS[code]?.exec(detail)?.[1] ?? '';
  switch (code) {
    case 'handler-threw':
      return { came: `the function threw: ${reason}${where}`, detail: null };
    case 'start-failed':
      return { came: `the file did not load: ${withoutName(reason)}${where}`, detail: null };
    case 'timed-out':
      return {
        came: `it was not over after ${reason}, and was stopped`,
        detail: stopped(lastLine),
      };
    case 'out-of-memory':
      return { came: `it held more than ${reason}, and was stopped`, detail: stopped(lastLine) };
    default:
      return { came: detail, detail: null };
  }
}

/** Where the platform's own sentences hold the reason; `drivers/failure.ts` writes them. */
const REASONS: Partial<Record<ProblemCode, RegExp>> = {
  'handler-threw': /threw instead of answering: ([^]*?)\.? Correct it; the instance/,
  'start-failed': /was to load \S+ and failed: ([^]*?)\.? Correct the file and call again/,
  'timed-out': /may take (\S+ s) and/,
  'out-of-memory': /may hold (\S+ MB) and/,
};

function problemIn(body: string): Problem | null {
  try {
    const value = JSON.parse(body) as Partial<Problem> | null;
    return value?.type?.startsWith(OURS) === true ? (value as Problem) : null;
  } catch {
    return null;
  }
}

/** The file's name stands in the sentence already. */
function withoutName(reason: string): string {
  return reason.replace(/^\S+ (failed while it was loaded|cannot be read as TypeScript): /, '');
}

/** `shout.ts, line 14`: the first line of the reader's own that a stack names. */
export function placeIn(stack: string): string | null {
  const javaScript = /([\w-]+\.(?:ts|js)):(\d+)/.exec(
    stack.replaceAll(/entry-runtime\.ts:\d+/g, ''),
  );
  const [, file, line] = javaScript ?? lastOf(stack) ?? [];
  return file === undefined || line === undefined ? null : `${file}, line ${line}`;
}

/** Python names the innermost frame last. */
function lastOf(stack: string): RegExpMatchArray | null {
  const frames = [...stack.matchAll(/File "(?:[^"]*[\\/])?([\w-]+\.py)", line (\d+)/g)];
  return frames.filter(([, file]) => file !== 'entry_runtime.py').at(-1) ?? null;
}

function stopped(lastLine: string | undefined): string {
  const look =
    'Look for a loop that has no end, a list that only grows, or a wait for what never comes';
  return lastLine === undefined
    ? `${look}. Nothing was printed: print something before it, to see how far it comes.`
    : `${look}. The last line that was printed: ${lastLine}`;
}
