/** More calls than the system lets the platform start instances for. */

import { get } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { Project } from './fixtures/project.ts';
import { RunningGateway } from './fixtures/running-gateway.ts';

const project = new Project();
afterAll(() => project.remove());

const CALLS = 60;
const FILES = 128;

interface Answer {
  readonly status: number | undefined;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Over a connection of its own: `fetch` would send calls one after another. */
function ask(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => (body += String(text)));
      response.once('end', () => {
        const { statusCode: status, headers } = response;
        resolve({ status, retryAfter: headers['retry-after'], body });
      });
    });
    request.once('error', reject);
  });
}

test.skipIf(process.platform === 'win32')(
  `of ${CALLS} calls at once with ${FILES} files, each is answered or told to come back`,
  async () => {
    const gateway = await RunningGateway.startWithFiles(project, FILES, {
      FAAS_IDLE_TIMEOUT_MS: '500',
    });
    try {
      for (let round = 0; round < 3; round += 1) {
        const url = `${gateway.origin}/api/work?waitMs=300`;
        const answers = await Promise.all(Array.from({ length: CALLS }, () => ask(url)));
        const refused = answers.filter(({ status }) => status !== 200);
        expect(answers.length - refused.length).toBeGreaterThan(0);
        expect(refused.length).toBeGreaterThan(0);
        for (const { status, retryAfter, body } of refused) {
          expect([status, retryAfter]).toEqual([503, '1']);
          expect(JSON.parse(body)).toMatchObject({ code: 'no-capacity' });
          expect(body).toContain('ulimit -n');
        }
      }
      expect(gateway.process.exitCode).toBeNull();
      await gateway.untilZero();
      expect((await ask(`${gateway.origin}/api/hello`)).status).toBe(200);
    } finally {
      await gateway.stop();
    }
  },
);
