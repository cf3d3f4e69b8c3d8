/** The messages between a page and the worker of the tab's database, over a port. Types only. */

import type { Migration } from '../store/migrations.ts';
import type { Batch, Rows } from '../store/statement.ts';

/** What the worker is asked. */
export type TabAsk =
  | {
      readonly id: number;
      /** Sent first, by each page; the first one opens the database. */
      readonly open: {
        /** Its name in the browser's storage. */
        readonly database: string;
        /** Folder of PGlite's files, a whole URL that ends with a slash. */
        readonly files: string;
        readonly migrations: readonly Migration[];
      };
    }
  | { readonly id: number; readonly run: Batch };

/** What it answers. */
export type TabAnswer =
  | { readonly id: number; readonly rows: readonly Rows[] }
  | {
      readonly id: number;
      readonly error: Readonly<Record<string, unknown>> & { readonly message: string };
    };
