/** Python, for the functions that are written in it. */

import { configuredPython, findPython } from '../../drivers/process/python-program.ts';
import type { Finding } from './check.ts';

/** @param env `FAAS_PYTHON` names another program than `python3` */
export async function pythonCheck(
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): Promise<Finding> {
  const program = configuredPython(env);
  const { version, executable, missing } = await findPython(program);
  if (missing === null) return { state: 'ok', found: `${version}, ${executable || program}` };
  // Windows calls it `python`, and its `python3` may be a link to the store.
  const other = platform === 'win32' ? await findPython('python') : null;
  const cure =
    other?.missing === null
      ? `Python ${other.version} is here under another name. Set FAAS_PYTHON=${other.executable || 'python'} before you start.`
      : missing;
  return { state: 'without', found: `no ${program} that is new enough`, cure };
}
