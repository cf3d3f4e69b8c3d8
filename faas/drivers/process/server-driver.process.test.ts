/** Runs an ordinary HTTP server behind the driver, as a container would. */

import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { FunctionSpec } from '../../core/function.ts';
import { describeDriver } from '../contract.ts';
import { read } from '../fixtures/bodies.ts';
import { fixtureSpec } from '../fixtures/fixture-spec.ts';
import type { RunningInstance } from '../protocol.ts';
import { ServerDriver } from './server-driver.ts';

const root = fileURLToPath(new URL('../fixtures', import.meta.url));

/** @param args how its idle connections end */
function driverOf(...args: string[]): ServerDriver {
  const programOf = ({ file }: FunctionSpec) => ({
    program: process.execPath,
    args: [file, ...args],
  });
  return new ServerDriver({ root, programOf });
}

const SPECS = { contract: fixtureSpec('plain-server.ts'), broken: fixtureSpec('api/broken.ts') };

describeDriver('server', async () => ({
  driver: driverOf(),
  specOf: (name) => SPECS[name],
}));

const CALLS = 240;
const LANES = 6;
/** Close to the longest pause, so that many calls meet a closing connection. */
const IDLE_MS = 25;
const PAUSES_MS = [IDLE_MS - 2, IDLE_MS - 1, IDLE_MS, IDLE_MS + 1, IDLE_MS + 2];

let instance: RunningInstance | null = null;
afterEach(async () => {
  await instance?.stop();
  instance = null;
});

test.for(['hint', 'silence'])(
  `a server that closes idle connections (%s) loses none of ${CALLS} calls between pauses`,
  async (way) => {
    const options = { id: 'closing', onLog: () => undefined, concurrency: LANES };
    const started = await driverOf(String(IDLE_MS), way).start(SPECS.contract, options);
    instance = started;
    const lost: unknown[] = [];
    const lane = async (): Promise<void> => {
      for (let call = 0; call < CALLS / LANES; call += 1) {
        // The pauses are what is tested.
        await pause(PAUSES_MS[call % PAUSES_MS.length]);
        const method = call % 3 === 0 ? 'POST' : 'GET';
        const message = { method, url: '/?act=echo', headers: [], body: null };
        try {
          const { response, report } = await started.invoke(message);
          await read(response.body);
          if (response.status !== 200 || (await report).error !== null) lost.push(response.status);
        } catch (error) {
          lost.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect(lost).toEqual([]);
  },
);
