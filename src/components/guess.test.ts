// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { fillGuess, guessIn } from './guess.ts';

function fields(html: string): HTMLInputElement[] {
  document.body.innerHTML = html;
  return [...document.querySelectorAll('input')];
}
const OPTIONS = '<input type="radio" name="g" value="1"><input type="radio" name="g" value="10">';

test('a guess is the chosen option, or nothing', () => {
  const options = fields(OPTIONS);
  expect(guessIn(options)).toBe('');
  options[1]?.click();
  expect(guessIn(options)).toBe('10');
});

test('or what was typed, without the spaces around it', () => {
  expect(guessIn(fields('<input type="text" value="  five ">'))).toBe('five');
});

test('an earlier guess can be put back', () => {
  const options = fields(OPTIONS);
  fillGuess(options, '10');
  expect(options.map(({ checked }) => checked)).toEqual([false, true]);
  const [line] = fields('<input type="text">');
  if (line) fillGuess([line], 'five');
  expect(line?.value).toBe('five');
});
