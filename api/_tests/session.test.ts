import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as Functions from '../session.ts';

const SECRET = 'a secret of thirty-two bytes or more';

let session: typeof Functions;

beforeAll(async () => {
  vi.stubEnv('SESSION_SECRET', SECRET);
  session = await import('../session.ts');
});

afterAll(() => vi.unstubAllEnvs());

function post(body: string, headers: Record<string, string> = {}, url = 'http://localhost') {
  const init = {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  };
  return session.POST(new Request(`${url}/api/session`, init));
}

async function who(cookie: string): Promise<string | null> {
  const request = new Request('http://localhost/api/session', { headers: { cookie } });
  const { user } = (await (await session.GET(request)).json()) as { user: string | null };
  return user;
}

async function cookieFor(user: string): Promise<string> {
  const answer = await post(JSON.stringify({ user }));
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

describe('signing in', () => {
  it('gives a cookie that says who it is', async () => {
    expect(await who(`theme=dark; ${await cookieFor('ada')}`)).toBe('ada');
  });

  it('gives one that no script reads and no other site sends, and only over https it is secure', async () => {
    const plain = (await post('{"user":"ada"}')).headers.get('set-cookie');
    expect(plain).toMatch(/^session=[\w.-]+; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/);
    const secure = (await post('{"user":"ada"}', {}, 'https://x.example')).headers.get(
      'set-cookie',
    );
    expect(secure).toMatch(/; Secure$/);
  });

  it.each(['', '{}', '{"user":"mallory"}', '{"user":"constructor"}', '["ada"]', 'user=ada'])(
    'is refused with %j',
    async (body) => {
      expect((await post(body)).status).toBe(400);
    },
  );

  it("is refused from a form, which another site's page can send", async () => {
    expect((await post('{"user":"ada"}', { 'content-type': 'text/plain' })).status).toBe(400);
  });

  it('ends with signing out', () => {
    const request = new Request('http://localhost/api/session', { method: 'DELETE' });
    expect(session.DELETE(request).headers.get('set-cookie')).toContain(
      'session=; Path=/; Max-Age=0',
    );
  });
});

describe('a cookie counts for nothing', () => {
  const sign = (
    change: (token: SignJWT) => SignJWT,
    secret = SECRET,
    alg = 'HS256',
  ): Promise<string> =>
    change(
      new SignJWT({})
        .setProtectedHeader({ alg })
        .setSubject('ada')
        .setIssuer('scale-to-zero')
        .setExpirationTime('1h'),
    ).sign(new TextEncoder().encode(secret));
  const unsigned = (): string => {
    const part = (of: unknown) => Buffer.from(JSON.stringify(of)).toString('base64url');
    return `${part({ alg: 'none' })}.${part({ sub: 'ada', iss: 'scale-to-zero', exp: 9e9 })}.`;
  };

  it.each<[string, () => Promise<string> | string]>([
    ['without one', () => ''],
    ['of another secret', () => sign((token) => token, 'another secret of thirty-two bytes')],
    ['of another issuer', () => sign((token) => token.setIssuer('else'))],
    ['that has expired', () => sign((token) => token.setExpirationTime(1))],
    ['by another algorithm', () => sign((token) => token, SECRET, 'HS512')],
    ['that says it needs no signature', unsigned],
    ['whose letters were changed', async () => `${await sign((token) => token)}x`],
  ])('%s', async (_name, make) => {
    expect(await who(`session=${await make()}`)).toBeNull();
  });

  it('and a right one counts', async () => {
    expect(await who(`session=${await sign((token) => token)}`)).toBe('ada');
  });
});
