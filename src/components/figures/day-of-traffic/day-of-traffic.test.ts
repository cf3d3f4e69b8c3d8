import { expect, test } from 'vitest';
import { simulateCourse } from '#faas/simulation/scenario.ts';
import { PLATFORMS } from '#src/simulation/platforms.ts';
import { frameOfDay, type DayFrame } from './frame.ts';
import { outcomeOf } from './outcome.ts';
import { DAY_DIALS, dayOf, FIRST_DAY, firstDay, dayJobs, MOST_PLATFORMS, paceOf } from './setup.ts';
import { momentTable } from './table.ts';

const state = (text: string): URLSearchParams => new URLSearchParams(text);

function show(text: string): DayFrame {
  const day = dayOf(state(text));
  const courses = dayJobs(day, 1).map(({ scenario, bins }) => simulateCourse(scenario, bins));
  return frameOfDay(outcomeOf(day, courses, 1));
}

test('the first day is one of those that can be chosen', () => {
  expect(firstDay().platforms.map(({ id }) => id)).toEqual(FIRST_DAY.on);
  expect(FIRST_DAY.on.length).toBeLessThanOrEqual(MOST_PLATFORMS);
});

test('without a way to serve it there is no day', () => {
  expect(() => dayOf(state('traffic=quiet'))).toThrow('at least one way');
  expect(() => dayOf(state('traffic=quiet&on=nonsense'))).toThrow('at least one way');
});

test('a day too long to be simulated at once passes faster, and no other does', () => {
  const on = PLATFORMS.map(({ id }) => `&on=${id}`).join('');
  expect(paceOf(dayOf(state(`traffic=quiet${on}`)))).toBe(1);
  expect(paceOf(dayOf(state(`traffic=flash${on}`)))).toBe(1);
  expect(paceOf(dayOf(state(`traffic=steady${on}`)))).toBeGreaterThan(10);
  expect(dayOf(state(`traffic=quiet${on}`)).platforms).toHaveLength(MOST_PLATFORMS);
});

test('a quiet day is told in pictures and in tables: a server is there all day, a function hardly', () => {
  const { html, said } = show('traffic=quiet&on=lambda&on=one-server');
  expect(said).toMatch(/^Simulated: \d+ calls in 2 ways, every one of the day\.$/);
  expect(html.charts.match(/role="img"/g)).toHaveLength(2);
  expect(html.charts).toContain('One server: 1 on average and 1 instance at most; 0 %');
  expect(html.charts).toMatch(/One call each: 0\.\d+ on average/);
  expect(html.totals).toContain('$12.26');
  expect(html.bills).toContain('× 0.0168 USD');
  expect(html.twin.match(/<tr>/g)).toHaveLength(7);
});

test('a server has as many workers as an instance takes calls, so that a flash crowd does not decide by a setting', () => {
  const ways = '&on=lambda&on=cloud-run&on=knative&on=one-server';
  const concurrencies = (workers: number): unknown[] =>
    dayOf(state(`traffic=flash&workers=${workers}${ways}`)).platforms.map(({ policy }) =>
      'containerConcurrency' in policy
        ? policy.containerConcurrency
        : 'concurrency' in policy
          ? policy.concurrency
          : 1,
    );
  expect(concurrencies(20)).toEqual([1, 20, 20, 20]);
  expect(concurrencies(80)).toEqual([1, 80, 80, 80]);
  expect(dayOf(state(`traffic=flash${ways}`)).platforms[3]?.policy).toMatchObject({
    concurrency: DAY_DIALS.workers.default,
  });
});

test('with twenty workers the server of a flash crowd turns callers away, with eighty it turns away none', () => {
  const [twenty, eighty] = [20, 80].map((workers) => {
    const day = dayOf(state(`traffic=flash&workers=${workers}&on=cloud-run&on=one-server`));
    return dayJobs(day, 1).map(({ scenario, bins }) => simulateCourse(scenario, bins).summary);
  });
  expect(twenty?.[1]?.requests.answered).toBeLessThan(0.9 * (twenty?.[1]?.requests.submitted ?? 0));
  expect(twenty?.[0]?.instances.most).toBeGreaterThan(1);
  expect(eighty?.[1]?.requests.answered).toBe(eighty?.[1]?.requests.submitted);
  expect(eighty?.[0]?.requests.answered).toBe(eighty?.[0]?.requests.submitted);
});

test('the picture and the table mean the same by most, and say what their percentiles are', () => {
  const { html, outcome } = show('traffic=flash&on=lambda');
  const most = outcome.served[0]?.course.summary.instances.most ?? 0;
  expect(html.charts).toContain(`at most ${most} instances`);
  expect(html.totals).toContain(`<td>${most}</td>`);
  expect(html.totals).toContain('Half within <small>(p50)</small>');
  expect(html.totals).toContain('99 of 100 within <small>(p99)</small>');
});

test('recorded counts are as long as they are', () => {
  const { html, outcome } = show('traffic=recorded&counts=5,0,0,9&on=lambda');
  expect(outcome.minutes).toBe(4);
  expect(outcome.simulated).toBe(14);
  expect(outcome.served[0]?.course.bins.map(({ answered }) => answered)).toEqual([5, 0, 0, 9]);
  expect(html.charts).toContain('<span>0:04</span>');
  expect(String(momentTable(outcome, 3))).toContain('0:03 to 0:04');
});
