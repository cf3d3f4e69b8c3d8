import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import signed from '../signed.ts';

const ask = (query: string) => signed.fetch(new Request(`http://localhost/api/signed?${query}`));

async function tokenOf(user: string): Promise<string> {
  const { token } = (await (await ask(`user=${user}`)).json()) as { token: string };
  return token;
}

describe('a token made by hand', () => {
  test('is a name and its HMAC-SHA-256, as any other program computes it', async () => {
    const secret = 'a secret that is printed in a lesson is none';
    const expected = createHmac('sha256', secret).update('ada').digest('hex');
    expect(await tokenOf('ada')).toBe(`ada.${expected}`);
  });

  test('is accepted, and what else the call claims is told apart from it', async () => {
    const answer = await ask(`token=${await tokenOf('ada')}&user=grace`);
    expect(await answer.json()).toEqual({ signed: 'ada', claimed: 'grace' });
  });

  test.for(['', 'ada', 'ada.', 'ada.00', `ada.${'0'.repeat(64)}`, `ada.${'z'.repeat(64)}`])(
    '%s is refused with 401, which names the scheme',
    async (token) => {
      const answer = await ask(`token=${token}`);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Token');
    },
  );

  test('does not fit another name', async () => {
    const token = await tokenOf('ada');
    expect((await ask(`token=${token.replace('ada', 'eva')}`)).status).toBe(401);
  });
});
