/** A click through four functions, beside the same four called one after another from outside. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSiteless } from '../../faas/local/siteless-platform.ts';
import type { ClickFigures } from './click-row.ts';

/** A click, and its calls by themselves. */
const CLICKS = [
  {
    what: 'nested: each calls the next',
    click: '/api/cart?waitMs=0&python=',
    alone: ['/api/cart?next=', '/api/price?', '/api/pay?', '/api/ship?'],
  },
  {
    what: 'nested, the price in Python',
    click: '/api/cart?waitMs=0',
    alone: ['/api/cart?next=', '/api/py/price?', '/api/pay?', '/api/ship?'],
  },
];

/** How much is measured. */
export interface ClickLoad {
  /** Clicks of each kind in a round. @default 20 */
  readonly clicks?: number;
  /** @default 15 */
  readonly rounds?: number;
}

/** Every call is warm. @throws when one is not answered with 200 */
export async function measureClicks({ clicks = 20, rounds = 15 }: ClickLoad = {}): Promise<
  ClickFigures[]
> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-clicks-')));
  const { local, stop, ...platform } = await startSiteless({
    root: process.cwd(),
    dataFolder: folder,
    env: { FAAS_IDLE_TIMEOUT_MS: 'unlimited' },
  });
  await local.prepare();
  const origin = platform.origin.replace('localhost', '127.0.0.1');
  try {
    const kinds = local.missingPython === null ? CLICKS : CLICKS.slice(0, 1);
    const figures: ClickFigures[] = [];
    for (const { what, click, alone } of kinds) {
      const urls = alone.map((url) => `${url}&waitMs=0`.replace('?&', '?'));
      let [clickMs, aloneMs] = [Infinity, Infinity];
      for (let round = 0; round <= rounds; round += 1) {
        const one = await milliseconds(origin, [click], clicks);
        const apart = await milliseconds(origin, urls, clicks);
        // The first starts the instances.
        if (round === 0) continue;
        clickMs = Math.min(clickMs, one);
        aloneMs = Math.min(aloneMs, apart);
      }
      figures.push({ what, clickMs, aloneMs });
    }
    return figures;
  } finally {
    await stop(10_000);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Time of all the URLs, one after another, as a mean over so many times. */
async function milliseconds(
  origin: string,
  urls: readonly string[],
  times: number,
): Promise<number> {
  const startedAt = performance.now();
  for (let made = 0; made < times; made += 1) {
    for (const url of urls) {
      const response = await fetch(origin + url, { method: 'POST' });
      const said = await response.text();
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${said}`);
    }
  }
  return (performance.now() - startedAt) / times;
}
