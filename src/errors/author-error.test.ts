import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { authorError } from './author-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'author-error-'));
const file = join(folder, '01-one.mdx');
writeFileSync(file, '---\ntitle: One\n---\n\n<Demo id="a" />\n\nText <Demo\n  id="b"\n/>\n');
afterAll(() => rmSync(folder, { recursive: true }));

const details = { tag: 'Demo', attribute: 'id', problem: 'It answered 500.', cure: 'Mend it.' };

describe('an error of a component names its author’s line', () => {
  it('that of the tag with the given value, not of its namesake', () => {
    const error = authorError({ ...details, file, value: 'b' });
    expect(error.loc).toEqual({ file, line: 7, column: 6 });
    expect(error.message).toBe(`${file}:7:6\n  It answered 500.\n  Mend it.`);
    expect(error.hint).toBe('Mend it.');
  });

  it('the start of the file when the tag is made by other code', () => {
    expect(authorError({ ...details, file, value: 'c' }).loc?.line).toBe(1);
  });

  it('and at least the tag where there is no lesson', () => {
    const error = authorError({ ...details, file: undefined, value: 'b' });
    expect(error.message).toContain('<Demo id="b">: It answered 500.');
    expect(error.loc).toBeUndefined();
  });
});
