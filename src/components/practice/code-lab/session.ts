/** What happens in a lab: the reader writes, runs and checks, and nothing takes their code away. */

import { readWritten } from '../../written.ts';
import type { LabHelp } from '#src/attempt/help.ts';
import type { CourseElement } from '../../element.ts';
import { loadScript } from '../../script.ts';
import { loadLook } from './look.ts';
import { siteUrl } from '#src/site/base.ts';
import type { FirstCall, LabSetup } from './setup.ts';
import { startSortings } from './sortings.ts';

/** Where it does not come, the reader writes the call. */
const NO_CALL: FirstCall = { method: 'POST', query: '', body: '' };

/** Wakes a lab, with code or without. @param signal ends with the element's connection */
export async function wakeLab(lab: CourseElement, signal: AbortSignal): Promise<void> {
  loadLook();
  const setup = JSON.parse(lab.dataset['setup'] ?? '') as LabSetup;
  const help = helpOf(setup);
  startSortings(lab, setup, help, signal);
  if (lab.findAll('run', HTMLButtonElement).length === 0) return;
  const [{ CodeSession }, call] = await Promise.all([
    import('./code-session.ts'),
    readWritten<FirstCall>(addressOf(setup, 'call')),
  ]);
  new CodeSession({ lab, setup, call: call ?? NO_CALL, help }, signal);
}

/** Fetched once, when it is first needed. @throws with what to do, when it does not come */
function helpOf(setup: LabSetup): () => Promise<LabHelp> {
  const address = addressOf(setup, 'help');
  let asked: Promise<LabHelp> | null = null;
  return () => {
    asked ??= loadScript(async () => {
      const read = await readWritten<LabHelp>(address);
      if (read === null) throw new Error(`${address} did not come.`);
      return read;
    });
    asked.catch(() => (asked = null));
    return asked;
  };
}

function addressOf({ id }: LabSetup, file: 'call' | 'help'): string {
  return siteUrl(`/labs/${id}/${file}.json`);
}
