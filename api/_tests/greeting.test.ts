import { expect, test } from 'vitest';
import canary from '../_revisions/greeting.ts';
import steady from '../greeting.ts';

const asked = (name: string): Request =>
  new Request(`http://localhost/api/greeting?name=${encodeURIComponent(name)}`);

test('both revisions greet somebody with two names', async () => {
  expect(await steady.fetch(asked('Grace Hopper')).json()).toEqual({
    greeting: 'Hello, Grace!',
    revision: 'steady',
  });
  expect(await canary.fetch(asked('Grace Hopper')).json()).toEqual({
    greeting: 'Good day, HOPPER!',
    revision: 'canary',
  });
});

test('the canary throws for one name, which is why there is a steady one', async () => {
  expect(await steady.fetch(asked('Plato')).json()).toMatchObject({ greeting: 'Hello, Plato!' });
  expect(() => canary.fetch(asked('Plato'))).toThrow(TypeError);
});
