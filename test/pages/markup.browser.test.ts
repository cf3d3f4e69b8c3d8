/** Every page is valid HTML, by html-validate's rules for what the standard asks. */

import { readFileSync } from 'node:fs';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { builtFile, builtPages } from './fixtures/pages.ts';

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ['html-validate:standard', 'html-validate:document', 'html-validate:browser'],
    rules: {
      // All that a page loads is of its own site.
      'require-sri': 'off',
    },
  }),
);

async function mistakes(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector ?? ''})`),
  );
}

describe('a page', () => {
  it.each(builtPages())('%s is valid', async (path) => {
    expect(await mistakes(readFileSync(builtFile(path), 'utf8'))).toEqual([]);
  });

  it('with a mistake in it is found', async () => {
    const page = readFileSync(builtFile('/404'), 'utf8');
    const broken = page.replace('</main>', '<label>a <input><input></label></main>');
    expect((await mistakes(broken)).join('\n')).toContain('multiple-labeled-controls');
  });
});
