import { afterAll, beforeAll, expect, it, vi } from 'vitest';

type Fetch = (request: Request) => Promise<Response>;
let orders: { fetch: Fetch };
let signIn: (user: string) => Promise<string>;

beforeAll(async () => {
  vi.stubEnv('SESSION_SECRET', 'a secret of thirty-two bytes or more');
  vi.resetModules();
  orders = (await import('../../orders/[id].ts')).default;
  const { POST } = await import('../../session.ts');
  signIn = async (user) => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', body: JSON.stringify({ user }), headers };
    const answer = await POST(new Request('http://localhost/api/session', init));
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  };
});

afterAll(() => vi.unstubAllEnvs());

const ask = (id: string, headers: Record<string, string> = {}): Promise<Response> =>
  orders.fetch(new Request(`http://localhost/api/orders/${id}?id=${id}`, { headers }));

it('is shown to its owner', async () => {
  const answer = await ask('17', { cookie: await signIn('ada') });
  expect(await answer.json()).toMatchObject({ id: 17, owner: 'ada' });
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
});

it.each([
  ['grace', '17'],
  ['eve', '17'],
  ['ada', '18'],
  ['ada', '99'],
])('%s has no order %s, whether or not somebody else has', async (user, id) => {
  expect((await ask(id, { cookie: await signIn(user) })).status).toBe(404);
});

it('is shown to nobody who only says who they are', async () => {
  expect((await ask('17')).status).toBe(401);
  expect((await ask('17', { 'x-user': 'ada', cookie: 'user=ada' })).status).toBe(401);
});

it('has a number', async () => {
  expect((await ask('seventeen')).status).toBe(400);
});
