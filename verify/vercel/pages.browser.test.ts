import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useReader } from '../../test/fixtures/reader.ts';
import { buildForVercel } from './build.ts';
import { Output } from './output.ts';
import { serveOutput, type OutputServer } from './server.ts';
import { cliMissing } from './tools.ts';

const missing = cliMissing();
/** A whole build of the course, with its recordings. */
const BUILD_LIMIT_MS = 600_000;

describe.skipIf(missing !== null)(`a page as Vercel serves it (${missing ?? 'CLI'})`, () => {
  const reader = useReader();
  let server: OutputServer;

  beforeAll(async () => {
    const { project, output } = buildForVercel(process.cwd(), null);
    server = await serveOutput(new Output(output), project, null);
  }, BUILD_LIMIT_MS);
  afterAll(() => server.stop());

  async function run(page: Page, id: string): Promise<string> {
    const part = (name: string) => page.locator(`#${id} [data-part="${name}"]`).first();
    await part('run').click();
    await part('status').filter({ hasText: 'Status' }).waitFor();
    return `${await part('status').textContent()} ${await part('provenance').textContent()}`;
  }

  test('a demo runs in the site’s own function', async () => {
    const page = await reader.open(`${server.origin}/lessons/what-is-serverless/`);
    expect(await run(page, 'hello')).toMatch(/^Status 200.* in the cloud/);
  });
});
