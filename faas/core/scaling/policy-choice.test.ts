import { describe, expect, test } from 'vitest';
import { parsePolicy, readPolicy } from './policy-choice.ts';

describe('as text', () => {
  test.for([
    ['keep-alive', { name: 'keep-alive' }],
    ['fixed:servers=3,concurrency=8', { name: 'fixed', servers: 3, concurrency: 8 }],
    ['keep-alive:idleTimeoutMs=unlimited', { name: 'keep-alive', idleTimeoutMs: Infinity }],
    [
      'kpa:target=0.5,enableScaleToZero=false,aggregation=weighted,targetBurstCapacity=-1',
      {
        name: 'kpa',
        target: 0.5,
        enableScaleToZero: false,
        aggregation: 'weighted',
        targetBurstCapacity: -1,
      },
    ],
  ] as const)('%s is a policy with its options', ([text, choice]) => {
    expect(parsePolicy(text)).toEqual(choice);
  });

  test.for([
    ['lambda', /no policy "lambda".*one of keep-alive, concurrent, fixed, kpa/],
    ['', /no policy ""/],
    ['toString', /no policy "toString"/],
    ['kpa:stableWindow=6', /kpa has no option "stableWindow".*stableWindowMs/],
    ['kpa:constructor=6', /kpa has no option "constructor"/],
    ['kpa:target=many', /option target of kpa is "many"\. Expected a number ≥ 0\.01 calls/],
    ['kpa:stableWindowMs=10', /stableWindowMs of kpa is 10\. Expected a number from 6000 to/],
    ['fixed:servers', /has "servers"\. Expected an option and its value/],
    ['fixed:servers=1.5', /Expected a whole number from 1 to 1000 servers; leave it out for 1/],
    [
      'keep-alive:maxInstances=unlimited',
      /is "unlimited"\. Expected a whole number from 1 to 1000/,
    ],
    ['kpa:maxScale=0', /maxScale of kpa is 0\. Expected a whole number from 1 to 1000 instances/],
    ['kpa:minScale=5,maxScale=2', /maxScale of kpa is 2\. Expected at least minScale, which is 5/],
    ['concurrent:concurrency=unlimited', /is "unlimited"\. Expected a whole number ≥ 1/],
  ] as const)('%s is refused with what was expected', ([text, message]) => {
    expect(() => parsePolicy(text)).toThrow(message);
  });
});

describe('as JSON', () => {
  test('it is as in a scenario', () => {
    const choice = { name: 'concurrent', concurrency: 10, maxQueueMs: 'unlimited' };
    expect(readPolicy(choice)).toEqual({ ...choice, maxQueueMs: Infinity });
  });

  test.for([
    [null, /object with a name.*null came/],
    ['kpa', /object with a name.*"kpa" came/],
    [{ target: 1 }, /object with a name/],
    [{ name: 'fixed', servers: '3' }, /servers of fixed is "3"\. Expected a whole number/],
    [{ name: 'fixed', maxInstances: 3 }, /fixed has no option "maxInstances"/],
    [{ name: 'kpa', enableScaleToZero: 1 }, /enableScaleToZero of kpa is 1\. Expected true or/],
  ] as const)('%j is refused with what was expected', ([value, message]) => {
    expect(() => readPolicy(value)).toThrow(message);
  });
});
