/**
 * The process that measures reads: is told where and how often, reads each way in turn, answers with the
 * times, leaves. It is none of the platform's, so that it shares no event loop with it.
 */

import { Agent, request } from 'node:http';
import pg from 'pg';
import type { ReadLoad, ReadTimes, ReadWay } from './reads.ts';

process.once('message', (load: ReadLoad) => {
  void measure(load).then((times) => process.send?.(times, () => process.disconnect()));
});

async function measure({ ways, database, query, reads, rounds }: ReadLoad): Promise<ReadTimes> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const client = new pg.Client(database);
  await client.connect();
  const reading: Readonly<Record<string, () => Promise<unknown>>> = Object.fromEntries(
    Object.entries(ways).map(([what, way]) => [
      what,
      way === 'pg' ? () => client.query(query) : () => ask(way, agent),
    ]),
  );
  const times = Object.fromEntries(Object.keys(ways).map((what) => [what, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [what, read] of Object.entries(reading)) {
      const startedAt = performance.now();
      for (let n = 0; n < reads; n += 1) await read();
      // The first round warms.
      if (round > 0) times[what]?.push((performance.now() - startedAt) / reads);
    }
  }
  agent.destroy();
  await client.end();
  return times;
}

/** Resolves once the last byte has come. Rejects when it is not answered with 200. */
function ask(way: Exclude<ReadWay, 'pg'>, agent: Agent): Promise<void> {
  const { url, method, headers, body } = way;
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent, method, headers }, (answer) => {
      answer.resume();
      answer.once('error', reject);
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`Expected an answer, and got ${answer.statusCode ?? ''} of ${url}.`));
      });
    });
    asking.once('error', reject);
    asking.end(body);
  });
}
