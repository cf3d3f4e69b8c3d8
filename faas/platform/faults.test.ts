import { expect, test } from 'vitest';
import { VirtualClock } from '../core/time/virtual-clock.ts';
import { Faults } from './faults.ts';

const A = '/api/a';

test('a fault happens once unless more is asked for', () => {
  const faults = new Faults(new VirtualClock());
  faults.set(A, [{ is: 'kill', afterMs: 5 }]);
  expect(faults.take(A, 'kill')).toEqual({ is: 'kill', afterMs: 5 });
  expect(faults.take(A, 'kill')).toBeNull();
});

test('it happens to its own function, and as what it is', () => {
  const faults = new Faults(new VirtualClock());
  faults.set(A, [{ is: 'throttle' }]);
  expect(faults.take('/api/b', 'throttle')).toBeNull();
  expect(faults.take(A, 'kill')).toBeNull();
  expect(faults.take(A, 'throttle')).toEqual({ is: 'throttle' });
});

test('it happens as often as was asked, and not after its time', () => {
  const clock = new VirtualClock();
  const faults = new Faults(clock);
  faults.set(A, [{ is: 'throttle', times: 2, forMs: 1000 }]);
  expect(faults.take(A, 'throttle')).not.toBeNull();
  clock.after(1000, () => undefined);
  clock.runUntil(1000);
  expect(faults.take(A, 'throttle')).toBeNull();
});

test('with a time alone it happens whenever it can until then', () => {
  const faults = new Faults(new VirtualClock());
  faults.set(A, [{ is: 'throttle', forMs: 1000 }]);
  for (let n = 0; n < 50; n++) expect(faults.take(A, 'throttle')).not.toBeNull();
  expect(faults.active).toEqual([{ function: A, is: 'throttle', left: null, endsAt: 1000 }]);
});

test('faults that can still happen are listed, and those that are over are not', () => {
  const faults = new Faults(new VirtualClock());
  faults.set(A, [{ is: 'slow-start', ms: 9, times: 2 }, { is: 'kill' }]);
  faults.take(A, 'slow-start');
  faults.take(A, 'kill');
  expect(faults.active).toEqual([
    { function: A, is: 'slow-start', ms: 9, left: 1, endsAt: 600_000 },
  ]);
});

test('new faults replace the old ones, and can be cleared', () => {
  const faults = new Faults(new VirtualClock());
  faults.set(A, [{ is: 'kill' }]);
  faults.set(A, [{ is: 'throttle' }]);
  faults.set('/api/b', [{ is: 'kill' }]);
  expect(faults.active.map(({ is }) => is)).toEqual(['throttle', 'kill']);
  faults.clear(A);
  expect(faults.active.map((fault) => fault.function)).toEqual(['/api/b']);
  faults.clear(null);
  expect(faults.active).toEqual([]);
});
