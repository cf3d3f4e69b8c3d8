import { expect, test } from 'vitest';
import hello from '../hello.ts';

const greet = (query: string) =>
  hello.fetch(new Request(`http://localhost/api/hello${query}`)).json();

test('greets by name, in any script', async () => {
  expect(await greet('?name=Ada')).toEqual({ greeting: 'Hello, Ada!' });
  expect(await greet(`?name=${encodeURIComponent('小明 & <b>')}`)).toEqual({
    greeting: 'Hello, 小明 & <b>!',
  });
});

test('greets the world when no name is given', async () => {
  expect(await greet('')).toEqual({ greeting: 'Hello, world!' });
  expect(await greet('?name=')).toEqual({ greeting: 'Hello, world!' });
});
