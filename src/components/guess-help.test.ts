// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { UNKNOWN } from './guess.ts';
import { GuessHelp, type PredictionHelp } from './guess-help.ts';

const HELP: PredictionHelp = {
  ideas: ['<a href="/glossary/#warm">warm</a>: it is there', '<a>idle</a>: it waits'],
  why: ['One.', 'Two.', 'Three.'].map((reason) => ({ reason, feedback: `${reason} No.` })),
};
let help: GuessHelp;

function page(answer: PredictionHelp | null): void {
  vi.stubGlobal('fetch', () =>
    Promise.resolve(answer === null ? new Response('', { status: 404 }) : Response.json(answer)),
  );
  document.body.innerHTML = '<fieldset></fieldset>';
  help = new GuessHelp(document.querySelector('fieldset') as Element, '/help.json');
}
const shown = (): string => document.querySelector('[role="status"]')?.textContent ?? '';
const reasons = (): HTMLInputElement[] => [...document.querySelectorAll('input')];

beforeEach(() => page(HELP));

test('whoever does not know yet is shown the ideas, and can guess afterwards', async () => {
  await help.follow(UNKNOWN);
  expect(shown()).toMatch(/two ideas:warm: it is thereidle: it waitsGuess now/);
  expect(help.chosen).toBeUndefined();
  await help.follow('10');
  expect(shown()).toBe('And why?One.Two.Three.');
});

test('a reason stays chosen when the guess changes', async () => {
  await help.follow('10');
  reasons()[1]?.click();
  await help.follow('1');
  expect(help.chosen).toEqual({ reason: 'Two.', feedback: 'Two. No.', words: 'Two.' });
  help.close();
  expect(reasons().every(({ disabled }) => disabled)).toBe(true);
});

test('where no reasons are written nothing is asked', async () => {
  page({ ...HELP, why: [] });
  await help.follow('10');
  expect(shown()).toBe('');
});

test('help that does not come leaves the prediction as it is', async () => {
  page(null);
  await help.follow(UNKNOWN);
  expect(shown()).toBe('');
});

test('help for an earlier guess comes too late', async () => {
  const first = help.follow('10');
  await help.follow(UNKNOWN);
  await first;
  expect(shown()).toMatch(/two ideas/);
});
