import { expect, test } from 'vitest';
import { hexId } from '../core/trace/ids.ts';
import { fixtureSpec } from '../drivers/fixtures/fixture-spec.ts';
import { MOST_DEEP, MOST_OF_ONE, NestedCalls } from './nested-calls.ts';

let last = 0;
const spec = (name: string) => fixtureSpec(`api/${name}.ts`);
const child = (parent: string | null) => ({
  trace: 'a'.repeat(32),
  span: hexId('span', () => (last += 1)),
  parent,
});

test('a call with a parent that is a call of this platform is nested, any other is a stranger’s', () => {
  const calls = new NestedCalls();
  const first = child('00f067aa0ba902b7');
  expect(calls.enter(spec('cart'), first)).toEqual({ isNested: false, refusal: null });
  expect(calls.enter(spec('price'), child(first.span))).toEqual({ isNested: true, refusal: null });
});

test('a function that may not call another is told why; a stranger needs no leave', () => {
  const calls = new NestedCalls(({ route }, callee) =>
    route === '/api/cart' ? null : `${route} may not call ${callee.route}`,
  );
  const cart = child(null);
  const price = child(cart.span);
  expect(calls.enter(spec('cart'), cart).refusal).toBeNull();
  expect(calls.enter(spec('price'), price).refusal).toBeNull();
  expect(calls.enter(spec('pay'), child(price.span)).refusal).toEqual({
    code: 'not-granted',
    detail: '/api/price may not call /api/pay',
  });
});

test('whoever continues the trace of a call that was answered is asked for no grant', () => {
  const calls = new NestedCalls((caller, callee) => `${caller.route} may not call ${callee.route}`);
  const echo = child(null);
  calls.enter(spec('echo'), echo);
  calls.answered(echo);
  expect(calls.enter(spec('echo'), child(echo.span)).refusal).toBeNull();
});

test('a circle is stopped at its documented depth, also when its callers have ended', () => {
  const calls = new NestedCalls();
  let span = child(null);
  for (let depth = 1; depth <= MOST_DEEP; depth += 1) {
    expect(calls.enter(spec('loop'), span).refusal).toBeNull();
    span = child(span.span);
  }
  expect(calls.enter(spec('loop'), span).refusal).toMatchObject({
    code: 'loop-stopped',
    detail: expect.stringContaining('/api/loop called /api/loop from 16 calls deep') as string,
  });
});

test('calls that branch are stopped by their number', () => {
  const calls = new NestedCalls();
  const root = child(null);
  calls.enter(spec('fan'), root);
  const refusals = Array.from(
    { length: MOST_OF_ONE },
    () => calls.enter(spec('leaf'), child(root.span)).refusal,
  );
  expect(refusals.filter((refusal) => refusal !== null)).toHaveLength(1);
  expect(refusals.at(-1)?.code).toBe('loop-stopped');
});
