/** What the bridges say that a program prints is what it prints. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'bridges-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LANGUAGES = {
  ts: {
    bridge: 'enough-typescript',
    file: 'program.mts',
    command: [process.execPath, '--disable-warning=ExperimentalWarning'],
    mark: '// prints: ',
  },
  python: {
    bridge: 'enough-python',
    file: 'program.py',
    command: [process.env['FAAS_PYTHON'] || 'python3', '-I', '-X', 'utf8'],
    mark: '# prints: ',
  },
} as const;

describe.each(Object.entries(LANGUAGES))('%s', (language, { bridge, file, command, mark }) => {
  const text = readFileSync(`src/content/bridges/${bridge}.mdx`, 'utf8');
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
  const programs = [...text.matchAll(fence)].map(([, program = '']) => program);

  it('has programs', () => expect(programs.length).toBeGreaterThan(4));

  it.each(programs.map((program) => [program.split('\n')[0] ?? '', program]))(
    'prints what stands behind it: %s',
    (_, program) => {
      const path = join(folder, file);
      writeFileSync(path, program);
      const [name, ...args] = command;
      const { stdout, stderr } = spawnSync(name, [...args, path], { encoding: 'utf8' });
      const said = program.split('\n').flatMap((line) => line.split(mark)[1] ?? []);
      expect(stderr).toBe('');
      expect(stdout.trimEnd().split('\n')).toEqual(said.length === 0 ? [''] : said);
    },
  );
});
