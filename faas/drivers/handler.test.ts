import { describe, expect, test } from 'vitest';
import { asResponse, handlerOf } from './handler.ts';

describe('a module', () => {
  test('answers by its default export, and as a method of it', async () => {
    const module = {
      default: {
        said: 'hello',
        fetch(): Response {
          return new Response(this.said);
        },
      },
    };
    const answered = await handlerOf(module)(new Request('http://localhost/'));
    expect(await answered.text()).toBe('hello');
  });

  test.for([
    [{}, /It exports nothing\. Expected export default/],
    [{ default: 1, handler: 2 }, /It exports default, handler\. Expected/],
    [{ default: { fetch: 'no function' } }, /It exports default\./],
  ])('without a handler is refused, with what it has: %j', ([module, message]) => {
    expect(() => handlerOf(module as Record<string, unknown>)).toThrow(message as RegExp);
  });
});

describe('an answer', () => {
  test('is a Response, of any status', () => {
    const response = new Response(null, { status: 599 });
    expect(asResponse(response)).toBe(response);
  });

  test.for([
    [undefined, /returned undefined\. Expected a Response/],
    ['text', /returned text\. Expected a Response/],
    [Response.error(), /Response\.error\(\), which has no status/],
  ])('that cannot be sent is an error of the handler: %s', ([answered, message]) => {
    expect(() => asResponse(answered)).toThrow(message as RegExp);
  });
});
