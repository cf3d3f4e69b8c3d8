import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { bundle } from '../../faas/astro/bundle.ts';
import { openCourseStore } from '../course-store.ts';
import { storeCases } from '../store-cases.ts';
import { tryCases } from '../verdict.ts';
import { MadeOutput } from './fixtures/made-output.ts';
import { Output } from './output.ts';
import { serveOutput } from './server.ts';

test('the guestbook of an output keeps its entries in a Postgres behind our /sql', async () => {
  const made = new MadeOutput();
  onTestFinished(() => made.remove());
  const code = await bundle(process.cwd(), 'api/guestbook.ts');
  made.addFunction('api/guestbook', code ?? '');
  const store = await openCourseStore(process.cwd());
  onTestFinished(() => store.stop());
  const server = await serveOutput(new Output(made.folder), made.folder, null, store.variables);
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
    functions: ['/api/guestbook'],
    left: [],
    cases: [],
    asHere: (one: never) => one,
  };
  const verdicts = await tryCases(
    { ...deployment, call, stop: () => Promise.resolve() },
    ['/api/guestbook'],
    storeCases(randomUUID()),
  );
  expect(verdicts.map(({ disagreement }) => disagreement)).toEqual(verdicts.map(() => null));
});
