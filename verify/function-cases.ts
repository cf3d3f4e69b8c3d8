/** Cases of the course's functions that any place must pass, in an order that a new instance passes. */

import type { Call, Case, Expectation } from './case.ts';

const PROBLEM: Expectation = { status: [400], type: 'application/problem+json' };

export const FUNCTION_CASES: readonly Case[] = [
  get('/api/hello', '/api/hello?name=Ada', json({ greeting: 'Hello, Ada!' })),
  get('/api/hello', '/api/hello', json({ greeting: 'Hello, world!' })),
  of(
    '/api/echo',
    { method: 'POST', url: '/api/echo?a=1&a=2', body: 'line 1\nünë 2' },
    json({
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      body: 'line 1\nünë 2',
    }),
  ),
  get('/api/counter', '/api/counter', json({ count: 1, handlerCount: 1 })),
  get('/api/counter', '/api/counter', json({ count: 2, handlerCount: 1 })),
  get('/api/whoami', '/api/whoami', json({ served: 1 })),
  get('/api/whoami', '/api/whoami', json({ served: 2 })),
  get(
    '/api/work',
    '/api/work?cpuMs=5&waitMs=5&memoryMb=1',
    json({ cpuMs: 5, waitMs: 5, memoryMb: 1 }),
  ),
  get('/api/work', '/api/work?cpuMs=-1', PROBLEM),
  get('/api/fail', '/api/fail', PROBLEM),
  // One that cannot be loaded is a 500 too.
  get('/api/fail', '/api/fail?how=throw', { status: [500], includes: 'Thrown on purpose' }),
  get('/api/items/[id]', '/api/items/42', json({ id: 42, name: 'Item 42' })),
  get('/api/items/[id]', '/api/items/forty', PROBLEM),
  get('/api/bare', '/api/bare', json({ done: true })),
  get('/api/eager', '/api/eager?n=97', json({ n: 97, prime: true })),
  get('/api/eager', '/api/eager?n=seven', PROBLEM),
  get('/api/lazy', '/api/lazy', json({ ready: true })),
  get('/api/lazy', '/api/lazy?n=91', json({ n: 91, prime: false })),
  get('/api/parts', '/api/parts?how=whole', { status: [200], includes: 'what you asked for' }),
  get('/api/parts', '/api/parts?how=streamed', { status: [200], includes: 'what you asked for' }),
  get('/api/parts', '/api/parts?how=slowly', PROBLEM),
  get('/api/after', '/api/after', json({ call: 1, finished: 0 })),
  get('/api/room', '/api/room', json({ people: 1 })),
  of(
    '/api/sign',
    { method: 'POST', url: '/api/sign', body: '{"name": "Ada", "text": "Hello"}' },
    { ...json({ name: 'Ada', text: 'Hello' }), status: [201] },
  ),
  of('/api/sign', { method: 'POST', url: '/api/sign', body: '{"name": "Ada"}' }, PROBLEM),
  get('/api/limited', '/api/limited', json({ served: 1 })),
  get('/api/visits', '/api/visits', json({ visits: 1 })),
  get('/api/late', '/api/late', json({ saved: 0 })),
  get('/api/signed', '/api/signed?token=ada.00', {
    status: [401],
    type: 'application/problem+json',
  }),
  get('/api/session', '/api/session', json({ user: null })),
  of('/api/session', { method: 'POST', url: '/api/session', body: '{"user": "mallory"}' }, PROBLEM),
  get('/api/cached', '/api/cached', json({ greeting: 'Hello, stranger!' })),
  get('/api/greeting', '/api/greeting?name=Plato', json({ revision: 'steady' })),
  // Also without a door before it.
  of(
    '/api/checked',
    { method: 'POST', url: '/api/checked', body: '{"name": "Ada"}' },
    {
      status: [400, 415],
      type: 'application/problem+json',
    },
  ),
  get('/api/orders/[id]', '/api/orders/17', {
    status: [401],
    type: 'application/problem+json',
  }),
  get('/api/guestbook', '/api/guestbook?limit=3', json({})),
  get('/api/guestbook', '/api/guestbook?limit=0', PROBLEM),
  // Where functions have no connections of their own, it says so.
  get('/api/frozen', '/api/frozen?form=solid', PROBLEM),
  get('/api/storm', '/api/storm?how=wild', PROBLEM),
  post('/api/ship', '/api/ship?waitMs=0', json({ did: ['ship'] })),
  post('/api/ship', '/api/ship?down=ship', { status: [503], type: 'application/problem+json' }),
  post('/api/pay', '/api/pay?waitMs=0&next=ship', json({ did: ['pay', 'ship'] })),
  post('/api/price', '/api/price?waitMs=-1', PROBLEM),
  // One calls the next over HTTP, at the origin of the call that it answers.
  post(
    '/api/cart',
    '/api/cart?waitMs=0&python=&tries=3&down=ship',
    failed({ calls: { price: 3, pay: 9, ship: 27 } }),
  ),
  post(
    '/api/checkout',
    '/api/checkout?waitMs=0&python=&tries=3&down=ship',
    failed({ end: 'undone', calls: { cart: 1, price: 1, pay: 1, ship: 3 } }),
  ),
  post(
    '/api/py/price',
    '/api/py/price?waitMs=0&next=pay,ship&tries=3&down=ship',
    failed({ calls: { pay: 3, ship: 9 } }),
  ),
  get('/api/py/hello', '/api/py/hello?name=Ada', json({ greeting: 'Hello, Ada!' })),
  get('/api/py/bare', '/api/py/bare', json({ done: true })),
  get('/api/py/counter', '/api/py/counter', json({ count: 1, handlerCount: 1 })),
  get('/api/py/counter', '/api/py/counter', json({ count: 2, handlerCount: 1 })),
];

function get(path: string, url: string, expect: Expectation): Case {
  return of(path, { method: 'GET', url }, expect);
}

function post(path: string, url: string, expect: Expectation): Case {
  return of(path, { method: 'POST', url }, expect);
}

/** A function behind it did not do its part. */
function failed(value: unknown): Expectation {
  return { status: [502], type: 'application/problem+json', json: value };
}

function of(path: string, call: Call, expect: Expectation): Case {
  return { function: path, call, expect };
}

function json(value: unknown): Expectation {
  return { status: [200], type: 'application/json', json: value };
}
