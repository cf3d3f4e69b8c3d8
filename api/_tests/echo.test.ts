import { expect, test } from 'vitest';
import echo from '../echo.ts';

test('sends back method, URL, headers and body as received', async () => {
  const request = new Request('http://localhost/api/echo?a=1&a=2', {
    method: 'POST',
    headers: { 'x-mark': 'seen' },
    body: '{"half": tru',
  });
  expect(await (await echo.fetch(request)).json()).toEqual({
    method: 'POST',
    url: 'http://localhost/api/echo?a=1&a=2',
    headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-mark': 'seen' },
    body: '{"half": tru',
  });
});

test('a request without a body has an empty one', async () => {
  const answer = await echo.fetch(new Request('http://localhost/api/echo'));
  expect(await answer.json()).toMatchObject({ method: 'GET', body: '' });
});
