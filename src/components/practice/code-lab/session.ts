/** What happens in a lab: the reader writes, runs and checks, and nothing takes their code away. */

import { readWritten } from '../../written.ts';
import type { LabHelp, LineTask } from '#src/attempt/help.ts';
import type { CourseElement } from '../../element.ts';
import { loadScript } from '../../script.ts';
import { loadLook } from './look.ts';
import { KeptAttempt } from '#src/attempt/kept-attempt.ts';
import { progress } from '#src/progress/store.ts';
import { siteUrl } from '#src/site/base.ts';
import { contractOf } from './contract.ts';
import { showWhetherDone } from './done-mark.ts';
import { chooseForm } from './form-choice.ts';
import type { FirstCall, LabSetup } from './setup.ts';
import { startSortings } from './sortings.ts';

/** A narrow page under a finger. */
const PHONE = '(pointer: coarse) and (max-width: 40rem)';

/** Where it does not come, the reader writes the call. */
const NO_CALL: FirstCall = { method: 'POST', query: '', body: '' };

/** Wakes a lab, with code or without. @param signal ends with the element's connection */
export async function wakeLab(lab: CourseElement, signal: AbortSignal): Promise<void> {
  loadLook();
  const setup = JSON.parse(lab.dataset['setup'] ?? '') as LabSetup;
  const help = helpOf(setup);
  const hasCode = lab.findAll('run', HTMLButtonElement).length > 0;
  const start = hasCode ? startIn(lab) : '';
  const { id, version } = setup;
  const kept = new KeptAttempt(progress(), { id, start, version, contract: contractOf(lab) });
  showWhetherDone(lab, kept, signal);
  startSortings(lab, { kept, help, hasCode, signal });
  if (!hasCode) return;
  const [{ CodeSession }, call, lines] = await Promise.all([
    import('./code-session.ts'),
    readWritten<FirstCall>(labAddress(id, 'call')),
    linesFirst(help),
  ]);
  const session = new CodeSession({ lab, setup, call: call ?? NO_CALL, help, kept, start }, signal);
  if (lines === null) return;
  const onAssembled = (code: string): void => session.assemble(code);
  chooseForm({ lab, kept, start, task: lines, onAssembled, signal });
}

/** The code that the server wrote. */
function startIn(lab: CourseElement): string {
  return `${lab.find('code', HTMLElement).querySelector('pre')?.textContent ?? ''}\n`;
}

/** On a phone, where code is hard to type, the lines to put in order; null elsewhere, and where a lab has none. */
async function linesFirst(help: () => Promise<LabHelp>): Promise<LineTask | null> {
  if (!matchMedia(PHONE).matches) return null;
  const given = await help().catch(() => null);
  return given?.order ?? null;
}

/** Fetched once, when it is first needed. @throws with what to do, when it does not come */
function helpOf({ id }: LabSetup): () => Promise<LabHelp> {
  const address = labAddress(id, 'help');
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

function labAddress(id: string, file: 'call' | 'help'): string {
  return siteUrl(`/labs/${id}/${file}.json`);
}
