// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { mistakeIn, readNumber, type NumberBounds } from './typed-number.ts';

const ANY: NumberBounds = { least: -1e9, most: 1e9, whole: false };
const CALLS: NumberBounds = { least: 1, most: 60, whole: true };

describe('what a reader types', () => {
  test.each([
    ['12', 12],
    [' 12.5 ', 12.5],
    ['.5', 0.5],
    ['0,5', 0.5],
    ['1234,56', 1234.56],
    ['1.234,56', 1234.56],
    ['1,234.56', 1234.56],
    ['1,000,000', 1e6],
    ['1.000.000', 1e6],
    ['1 000 000', 1e6],
    ['1’000’000', 1e6],
    ['１２', 12],
    ['1e6', 1e6],
    ['−5', -5],
  ])('%j is %d', (typed, value) => {
    expect(readNumber(typed, ANY)).toEqual({ value });
  });

  test.each(['5k', '1,5 Mio', '1.2.3', '12,34,56', 'ten', '5 %', '1..2', '--3', '∞', '1 2'])(
    '%j is no number, and said to be none',
    (typed) => {
      expect(readNumber(typed, ANY)).toEqual({
        mistake: `expected a number from -1,000,000,000 to 1,000,000,000, and “${typed}” came.`,
      });
    },
  );

  test.each(['1,234', '1.234'])('%j can be read in two ways, and is read in neither', (typed) => {
    expect(readNumber(typed, ANY)).toEqual({
      mistake: `“${typed}” can mean 1234 or 1.234. Write 1234, or 1.2340.`,
    });
    expect(readNumber('1.2340', ANY)).toEqual({ value: 1.234 });
  });

  test.each([
    ['', 'expected a whole number from 1 to 60, and nothing stands there.'],
    ['-5', 'expected a whole number from 1 to 60, and “-5” came.'],
    ['61', 'expected a whole number from 1 to 60, and “61” came.'],
    ['2.5', 'expected a whole number from 1 to 60, and “2.5” came.'],
  ])('%j is out of bounds', (typed, mistake) => {
    expect(readNumber(typed, CALLS)).toEqual({ mistake });
  });
});

describe('the fields of a form', () => {
  function render(calls: string, ready: string, guess = ''): HTMLFormElement {
    document.body.innerHTML = `<form>
      <label><span>How many
        calls</span><input name="calls" value="${calls}" data-least="1" data-most="60" data-whole></label>
      <label hidden><span>Ready</span><input name="ready" value="${ready}" data-least="0" data-most="9"></label>
      <label><span>Guess</span><input value="${guess}" data-least="0" data-most="60" data-whole data-optional></label>
      <label><span>Path</span><input name="path" value="/x"></label></form>`;
    return document.querySelector('form') as HTMLFormElement;
  }

  test('the first mistake is told with the name of its field, and the field is marked', () => {
    const form = render('5k', '1');
    expect(mistakeIn(form)).toBe(
      'How many calls: expected a whole number from 1 to 60, and “5k” came.',
    );
    const [field] = form.elements;
    expect(field?.getAttribute('aria-invalid')).toBe('true');
    (field as HTMLInputElement).value = '5';
    expect(mistakeIn(form)).toBeNull();
    expect(field?.hasAttribute('aria-invalid')).toBe(false);
  });

  test('what is not shown is not asked, and a guess may be left out but not be nonsense', () => {
    expect(mistakeIn(render('5', 'nine'))).toBeNull();
    expect(mistakeIn(render('5', '1', 'many'))).toMatch(/^Guess: expected a whole number/);
  });
});
