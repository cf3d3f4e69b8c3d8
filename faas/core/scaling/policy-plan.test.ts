import { expect, test } from 'vitest';
import type { PolicyChoice } from './policies.ts';
import { PolicyPlan } from './policy-plan.ts';

test('without a word every function is kept alive, within the limits of the platform', () => {
  const plan = new PolicyPlan({ limits: { idleTimeoutMs: 500, maxInstances: 4 } });
  expect(plan.choiceFor('/api/any')).toEqual({
    name: 'keep-alive',
    idleTimeoutMs: 500,
    maxInstances: 4,
  });
});

test('the limits of the platform are taken by the options that mean the same', () => {
  const limits = { idleTimeoutMs: 500, maxInstances: 4, maxQueued: 7, maxQueueMs: 90 };
  const of = (everywhere: ConstructorParameters<typeof PolicyPlan>[0]) =>
    new PolicyPlan({ ...everywhere, limits }).choiceFor('/api/any');
  expect(of({ everywhere: { name: 'fixed', servers: 9 } })).toEqual({
    name: 'fixed',
    servers: 9,
    maxQueued: 7,
    maxQueueMs: 90,
  });
  expect(of({ everywhere: { name: 'kpa', maxQueued: 1 } })).toEqual({
    name: 'kpa',
    maxScale: 4,
    initialScale: 0,
    atZero: true,
    maxQueued: 1,
    maxQueueMs: 90,
  });
});

test('idle instances of every function are frozen where the platform says so', () => {
  const of = (everywhere: PolicyChoice): object =>
    new PolicyPlan({ everywhere, limits: { freezeIdle: true } }).choiceFor('/api/any');
  expect(of({ name: 'keep-alive' })).toEqual({ name: 'keep-alive', freezeIdle: true });
  expect(of({ name: 'concurrent' })).toEqual({ name: 'concurrent', freezeIdle: true });
  expect(of({ name: 'keep-alive', freezeIdle: false })).toMatchObject({ freezeIdle: false });
  expect(of({ name: 'fixed' })).toEqual({ name: 'fixed' });
  const off = new PolicyPlan({ limits: { freezeIdle: false } });
  expect(off.choiceFor('/api/any')).toEqual({ name: 'keep-alive' });
});

test('a limit below the kept instances of a policy is raised to them', () => {
  const limits = { maxInstances: 4 };
  const most = (everywhere: PolicyChoice): object =>
    new PolicyPlan({ everywhere, limits }).choiceFor('/api/any');
  expect(most({ name: 'keep-alive', provisionedConcurrency: 6 })).toMatchObject({
    maxInstances: 6,
  });
  expect(most({ name: 'concurrent', minInstances: 6 })).toMatchObject({ maxInstances: 6 });
  expect(most({ name: 'kpa', minScale: 6 })).toMatchObject({ maxScale: 6 });
  expect(most({ name: 'kpa', minScale: 2 })).toMatchObject({ maxScale: 4 });
});

test('a function has its own policy until all are given one', () => {
  const plan = new PolicyPlan({ own: { '/api/work': { name: 'fixed' } } });
  expect(plan.choiceFor('/api/work').name).toBe('fixed');
  expect(plan.choiceFor('/api/hello').name).toBe('keep-alive');
  plan.set('/api/hello', { name: 'concurrent' });
  expect(plan.choiceFor('/api/hello').name).toBe('concurrent');
  plan.set(null, { name: 'kpa' });
  expect(plan.choiceFor('/api/work').name).toBe('kpa');
  expect(plan.choiceFor('/api/hello').name).toBe('kpa');
});

test('a reset brings back what was said at the start, for one and for all', () => {
  const plan = new PolicyPlan({ own: { '/api/work': { name: 'fixed' } } });
  plan.set(null, { name: 'kpa' });
  plan.reset('/api/work');
  expect(plan.choiceFor('/api/work').name).toBe('fixed');
  expect(plan.choiceFor('/api/hello').name).toBe('kpa');
  plan.reset('/api/hello');
  expect(plan.choiceFor('/api/hello').name).toBe('keep-alive');
  plan.set(null, { name: 'kpa' });
  plan.reset(null);
  expect(plan.choiceFor('/api/work').name).toBe('fixed');
  expect(plan.choiceFor('/api/hello').name).toBe('keep-alive');
});
