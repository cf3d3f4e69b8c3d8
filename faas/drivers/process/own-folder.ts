/** Failures of the folder that the platform itself writes to: no function's file is to blame. */

import { KnownFailure } from '../failure.ts';
import { isOutOfFiles, tooManyFiles } from './file-limit.ts';

const CURES: Readonly<Record<string, string>> = {
  ENOSPC: 'Make room on its disk',
  EDQUOT: 'Make room: this user may have no more there',
  EROFS: 'Let this user write there',
  EACCES: 'Let this user write there',
  EPERM: 'Let this user write there',
};

/**
 * Runs what writes to the folder.
 *
 * @throws KnownFailure when it cannot be written, with the cure
 */
export function inOwnFolder<Result>(folder: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (isOutOfFiles(code)) throw tooManyFiles();
    const cure = CURES[code] ?? 'Start the course again, which makes the folder anew';
    throw new KnownFailure(
      'start-failed',
      `The platform keeps what it compiles in ${folder}, and could not write there (${message}). ${cure}, and call again; the function is not at fault.`,
    );
  }
}
