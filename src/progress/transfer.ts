/** Progress as a file that the reader keeps or takes to another browser. */

import { isoDay } from '#src/format/date.ts';
import { recordFault, recordKind, type AnyRecord, type RecordKey } from './records.ts';

const FORMAT = 'scale-to-zero progress';
const VERSION = 1;

/** JSON with its format and version. @param at when it is exported */
export function writeProgressFile(records: ReadonlyMap<RecordKey, AnyRecord>, at: Date): string {
  const sorted = [...records].sort(([a], [b]) => (a < b ? -1 : 1));
  const file = {
    format: FORMAT,
    version: VERSION,
    exportedAt: at.toISOString(),
    records: Object.fromEntries(sorted),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** `scale-to-zero-progress-2026-11-23.json` */
export function progressFileName(at: Date): string {
  return `scale-to-zero-progress-${isoDay(at)}.json`;
}

/** What a file holds, or why it cannot be taken, in words for the reader. Nothing is taken of a faulty file. */
export type ProgressFile =
  { readonly records: ReadonlyMap<RecordKey, AnyRecord> } | { readonly problem: string };

/** @param text of a file that the reader chose */
export function readProgressFile(text: string): ProgressFile {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return { problem: 'This is not a JSON file. Choose one that “Export” on this page has saved.' };
  }
  const { format, version, records } = (file ?? {}) as Readonly<Record<string, unknown>>;
  if (format !== FORMAT) {
    return { problem: 'This file holds something else than progress in this course.' };
  }
  if (version !== VERSION) {
    return {
      problem: `The file has version ${JSON.stringify(version) ?? 'none'}; this page reads version ${String(VERSION)}. Reload the page to get the newest, or export again.`,
    };
  }
  if (typeof records !== 'object' || records === null) {
    return { problem: 'The file is damaged: `records` is missing.' };
  }
  const read = new Map<RecordKey, AnyRecord>();
  for (const [key, value] of Object.entries(records)) {
    const kind = recordKind(key);
    if (kind === undefined) return { problem: `The file is damaged: “${key}” is no record.` };
    const fault = recordFault(kind, value);
    if (fault !== undefined) return { problem: `The file is damaged: in “${key}”, ${fault}.` };
    read.set(key as RecordKey, value as AnyRecord);
  }
  return { records: read };
}
