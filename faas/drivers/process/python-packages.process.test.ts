import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixtureSpec } from '../fixtures/fixture-spec.ts';
import { KnownFailure } from '../failure.ts';
import type { RunningInstance } from '../protocol.ts';
import { ProcessDriver } from './driver.ts';

const FUNCTION = `
from http.server import BaseHTTPRequestHandler
try:
    from made_here import words
except ImportError:
    words = "no such package"

class handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(words.encode())
`;

/** A package made on the spot, so that the test needs no network. */
const MAKE_WHEEL = `
import sys, zipfile
name = "made_here-1.0"
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("made_here.py", "words = 'from a package'")
    wheel.writestr(name + ".dist-info/METADATA", "Metadata-Version: 2.1\\nName: made-here\\nVersion: 1.0\\n")
    wheel.writestr(name + ".dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(name + ".dist-info/RECORD", "")
`;

const spec = fixtureSpec('api/words.py');
const LONG = 180_000;
let root: string;
let driver: ProcessDriver;
let progress: string[];
let running: RunningInstance[];

const asked = new ProcessDriver({ root: tmpdir() });
await asked.prepare();
const hasPython = asked.missing(spec) === null;

describe.skipIf(!hasPython)('the packages of Python functions (with python3)', () => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'packages-'));
    mkdirSync(join(root, 'api'));
    writeFileSync(join(root, 'api/words.py'), FUNCTION);
    progress = [];
    running = [];
    driver = new ProcessDriver({ root, onProgress: (line) => progress.push(line) });
  });

  afterEach(async () => {
    for (const instance of running) instance.kill();
    await Promise.all(running.map((instance) => instance.exited));
    rmSync(root, { recursive: true, force: true });
  });

  async function words(): Promise<string> {
    const instance = await driver.start(spec, { id: 'one', onLog: () => undefined });
    running.push(instance);
    const request = { method: 'GET', url: '/api/words', headers: [], body: null };
    const { response } = await instance.invoke(request);
    return new Response(response.body as BodyInit).text();
  }

  function requireWheel(folder: string): void {
    const wheel = 'made_here-1.0-py3-none-any.whl';
    execFileSync('python3', ['-c', MAKE_WHEEL, join(root, folder, wheel)]);
    writeFileSync(join(root, folder, 'requirements.txt'), `--no-index\n./${wheel}\n`);
  }

  test('without requirements.txt there is no .venv', async () => {
    expect(await words()).toBe('no such package');
    expect(existsSync(join(root, '.venv'))).toBe(false);
    expect(progress).toEqual([]);
  });

  test.for(['', 'api'])(
    'are there for those that start at once, and are installed once (folder "%s")',
    { timeout: LONG },
    async (folder) => {
      requireWheel(folder);
      expect(await Promise.all([words(), words()])).toEqual(['from a package', 'from a package']);
      const begun = () => progress.filter((line) => line.startsWith('Installing '));
      expect(begun()).toHaveLength(1);
      expect(progress).toContainEqual(
        expect.stringMatching(/Successfully installed made-here-1\.0/),
      );
      // A later run of the platform reuses them.
      driver = new ProcessDriver({ root, onProgress: (line) => progress.push(line) });
      expect(await words()).toBe('from a package');
      expect(begun()).toHaveLength(1);
    },
  );

  test(
    'that cannot be installed are reported with the cure, and tried again after it',
    { timeout: LONG },
    async () => {
      writeFileSync(join(root, 'requirements.txt'), '--no-index\nnot-there-at-all==1\n');
      const failure = await words().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(KnownFailure);
      expect(failure).toMatchObject({
        code: 'runtime-missing',
        message: expect.stringMatching(
          /requirements\.txt could not be installed.*not-there-at-all.*Correct requirements\.txt.*pip install -r/,
        ),
      });
      requireWheel('');
      expect(await words()).toBe('from a package');
    },
  );

  test('from an unreachable index are reported as such', { timeout: LONG }, async () => {
    const unreachable = '--index-url http://127.0.0.1:9/simple\nnot-there-at-all==1\n';
    writeFileSync(join(root, 'requirements.txt'), unreachable);
    await expect(words()).rejects.toThrow(/could not be reached: connect this machine/);
  });
});
