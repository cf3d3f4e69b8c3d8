import { expect, test } from 'vitest';
import { problemFor } from './failure.ts';
import { fixtureSpec } from './fixtures/fixture-spec.ts';

test.for(['handler-threw', 'start-failed', 'instance-died'] as const)(
  'a reason that ends with a full stop gives %s no second one',
  (code) => {
    const spec = fixtureSpec('api/hello.ts');
    const { detail } = problemFor({ code, found: 'There is no order 7.' }, spec, false);
    expect(detail).toContain('There is no order 7');
    expect(detail).not.toContain('..');
    expect(detail).not.toContain('.)');
  },
);
