/** The project that `verify -- queue` kills: a function that sends, one that consumes, one that counts. */

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const COURSE = resolve(import.meta.dirname, '../..');

/** Its files, from this folder. */
const FILES = {
  table: './functions/0090-ledger.sql',
  orders: './functions/orders.ts',
  ledger: './functions/ledger.ts',
} as const;

/** How a consumer remembers: `acts-first` is wrong on purpose, so that one sees what is found. */
export const CONSUMERS = {
  remembers: './functions/remembers.ts',
  'acts-first': './functions/acts-first.ts',
} as const;
export type Consumer = keyof typeof CONSUMERS;

/** A kill may cost each message a receive, so that none is set aside for that. */
const TRIGGER = { name: 'orders', visibilityS: 2, maxReceives: 1000, retryS: 0.1, mostRetryS: 1 };

/** A folder of its own, with its database in it; `remove` takes it away. */
export class StormProject {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'verify-queue-')));

  constructor(consumer: Consumer) {
    const api = join(this.root, 'api');
    mkdirSync(api);
    for (const part of ['_lib', '_migrations', 'tsconfig.json'])
      cpSync(join(COURSE, 'api', part), join(api, part), { recursive: true });
    cpSync(join(COURSE, 'tsconfig.json'), join(this.root, 'tsconfig.json'));
    symlinkSync(join(COURSE, 'node_modules'), join(this.root, 'node_modules'), 'junction');
    const copy = (from: string, to: string): void => {
      const text = readFileSync(join(import.meta.dirname, from), 'utf8');
      writeFileSync(join(api, to), text.replaceAll('../../../api/_lib/', './_lib/'));
    };
    copy(FILES.table, join('_migrations', basename(FILES.table)));
    copy(FILES.orders, 'orders.ts');
    copy(FILES.ledger, 'ledger.ts');
    copy(CONSUMERS[consumer], 'consumer.ts');
    const store = ['store'];
    const grants = { '/api/orders': store, '/api/ledger': store, '/api/consumer': store };
    const triggers = { '/api/consumer': { queue: TRIGGER } };
    writeFileSync(join(api, '_platform.json'), JSON.stringify({ grants, triggers }));
    writeFileSync(join(this.root, 'package.json'), '{"name":"storm","type":"module"}');
    const functions = { 'api/**/*.ts': { maxDuration: 60, memory: 256 } };
    writeFileSync(join(this.root, 'vercel.json'), JSON.stringify({ functions }));
  }

  get dataFolder(): string {
    return join(this.root, '.faas');
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}
