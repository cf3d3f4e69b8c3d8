import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { bundle } from '../../faas/astro/bundle.ts';
import { openCourseStore } from '../course-store.ts';
import { queueCases } from '../queue-cases.ts';
import { storeCases } from '../store-cases.ts';
import { tryCases } from '../verdict.ts';
import { MadeOutput } from './fixtures/made-output.ts';
import { Output } from './output.ts';
import { serveOutput } from './server.ts';

test('the guestbook and the queue of an output are in a Postgres behind our /sql, and its messages come over HTTP', async () => {
  const made = new MadeOutput();
  onTestFinished(() => made.remove());
  const paths = ['/api/guestbook', '/api/order-placed', '/api/points'];
  for (const path of paths) {
    made.addFunction(path.slice(1), (await bundle(process.cwd(), `${path.slice(1)}.ts`)) ?? '');
  }
  let origin: string | null = null;
  const store = await openCourseStore(process.cwd(), () => origin);
  onTestFinished(() => store.stop());
  const server = await serveOutput(new Output(made.folder), made.folder, null, store.variables);
  origin = server.origin;
  onTestFinished(() => server.stop());
  const call = async ({
    method,
    url,
    body,
  }: {
    method: string;
    url: string;
    body?: string | undefined;
  }) => {
    const answer = await fetch(server.origin + url, { method, body: body ?? null });
    const type = answer.headers.get('content-type') ?? '';
    return { status: answer.status, type, body: await answer.text() };
  };
  const deployment = {
    functions: paths,
    left: [],
    cases: [],
    asHere: (one: never) => one,
  };
  const verdicts = await tryCases({ ...deployment, call, stop: () => Promise.resolve() }, paths, [
    ...storeCases(randomUUID()),
    ...queueCases(randomUUID()),
  ]);
  expect(verdicts.map(({ disagreement }) => disagreement)).toEqual(verdicts.map(() => null));
});
