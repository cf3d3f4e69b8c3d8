import { expect, test } from 'vitest';
import { KnownFailure } from '../failure.ts';
import { inOwnFolder } from './own-folder.ts';

const failing = (code: string) => () => {
  throw Object.assign(new Error(`${code}: as the system says it, write`), { code });
};

test.for([
  [
    'ENOSPC',
    'start-failed',
    'Make room on its disk, and call again; the function is not at fault.',
  ],
  ['EROFS', 'start-failed', 'Let this user write there, and call again'],
  ['ENOENT', 'start-failed', 'Start the course again, which makes the folder anew, and call again'],
  ['EMFILE', 'no-capacity', 'ulimit -n'],
] as const)(
  '%s is told as %s with its own cure, and never as a mistake in a file',
  ([code, as, cure]) => {
    let thrown: unknown;
    try {
      inOwnFolder('/kept/here', failing(code));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(KnownFailure);
    expect(thrown).toMatchObject({ code: as, message: expect.stringContaining(cure) });
  },
);
