/** A console for statements of one's own. */

import { createInterface } from 'node:readline';
import type { AwakeDatabase, Database } from '../../resources/store/database.ts';
import { loadPg } from '../../resources/store/pg-session.ts';
import { readMigrations } from '../../resources/store/migration-files.ts';
import { migrate } from '../../resources/store/migrations.ts';
import { table } from './terminal-table.ts';

/** What one statement gave. */
interface Shown {
  readonly command: string;
  readonly rowCount: number | null;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

interface Console {
  ask(text: string): Promise<readonly Shown[]>;
  close(): Promise<void>;
}

/** Reads statements until the end of the input. The database is awake for as long. */
export async function databaseShell(database: Database, root: string): Promise<void> {
  const awake = await database.wake();
  const first = await awake.open();
  const console = await consoleOf(awake);
  const isPerson = process.stdin.isTTY === true;
  try {
    await migrate(first, readMigrations(root));
    if (isPerson)
      process.stdout.write(`${database.engine}. End a statement with ";", leave with \\q.\n`);
    // Made last: lines that come before somebody listens would be lost.
    const lines = createInterface({
      input: process.stdin,
      output: process.stdout,
      terminal: isPerson,
    });
    let text = '';
    const prompt = (): void => {
      lines.setPrompt(text === '' ? 'sql> ' : '...> ');
      if (isPerson) lines.prompt();
    };
    prompt();
    for await (const line of lines) {
      if (line.trim() === '\\q') break;
      text += `${line}\n`;
      if (/;\s*$/.test(line)) {
        await show(console, text);
        text = '';
      } else if (text.trim() === '') text = '';
      prompt();
    }
    lines.close();
    if (text.trim() !== '') await show(console, text);
  } finally {
    await console.close();
    await first.close();
    await awake.stop();
  }
}

async function show(console: Console, text: string): Promise<void> {
  try {
    for (const { command, rowCount, columns, rows } of await console.ask(text)) {
      if (columns.length > 0) process.stdout.write(`${table(columns, rows)}\n`);
      process.stdout.write(`${command}${rowCount === null ? '' : ` ${rowCount}`}\n\n`);
    }
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    process.stdout.write(`${code ?? 'error'}: ${message}\n\n`);
    if (!process.stdin.isTTY) process.exitCode = 1;
  }
}

/** A connection of its own, which keeps settings and transactions; where there is only one, that one. */
async function consoleOf(awake: AwakeDatabase): Promise<Console> {
  if (awake.address === null) return shared(awake);
  const { Client } = await loadPg();
  const client = new Client({ ...awake.address, application_name: 'shell' });
  client.on('error', ({ message }) =>
    process.stdout.write(`The connection has ended: ${message}\n`),
  );
  await client.connect();
  const types = { getTypeParser: () => (value: string) => value };
  return {
    ask: async (text) => {
      const results = [await client.query({ text, rowMode: 'array', types })].flat();
      return results.map(({ command, rowCount, fields, rows }) => ({
        command,
        rowCount,
        columns: fields.map(({ name }) => name),
        rows: rows as (string | null)[][],
      }));
    },
    close: () => client.end().catch(() => undefined),
  };
}

async function shared(awake: AwakeDatabase): Promise<Console> {
  const session = await awake.open();
  return {
    ask: async (text) => {
      const statement = { text: text.replace(/;\s*$/, ''), values: [] };
      const results = await session.run({ statements: [statement], transaction: null });
      return results.map(({ fields, ...rest }) => ({
        ...rest,
        columns: fields.map(({ name }) => name),
      }));
    },
    close: () => session.close(),
  };
}
