import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NewestFirst, type Ranked } from './newest-first.ts';

test('the newest member is known after any sequence of joins and leaves', () => {
  const moves = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 200 });
  fc.assert(
    fc.property(moves, (serials) => {
      const members: Ranked[] = Array.from({ length: 31 }, (_, serial) => ({ serial, rank: -1 }));
      const heap = new NewestFirst<Ranked>();
      const here = new Set<Ranked>();
      for (const serial of serials) {
        const member = members[serial] as Ranked;
        // A second move of the same member takes it out again.
        if (here.delete(member)) heap.remove(member);
        else {
          here.add(member);
          heap.add(member);
        }
        const newest = Math.max(-1, ...Array.from(here, (other) => other.serial));
        expect(heap.newest?.serial ?? -1).toBe(newest);
        expect(heap.length).toBe(here.size);
      }
    }),
  );
});
