import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CURRICULUM, stillPlanned } from './curriculum.ts';

const written = readdirSync(new URL('./lessons', import.meta.url)).filter((file) =>
  file.endsWith('.mdx'),
);

describe('the curriculum', () => {
  it('plans nineteen lessons with a slug each', () => {
    expect(new Set(CURRICULUM.map(({ slug }) => slug)).size).toBe(19);
  });

  it.each(CURRICULUM)('gives $slug the number that its file has, once it is written', (planned) => {
    const name = `${String(planned.order).padStart(2, '0')}-${planned.slug}.mdx`;
    const others = written.filter((file) => file.endsWith(`-${planned.slug}.mdx`));
    expect(others.filter((file) => file !== name)).toEqual([]);
  });

  it('no longer plans a lesson that is written, or whose number another lesson has', () => {
    const written = [
      { slug: 'pay-per-execution', order: 5 },
      { slug: 'a-lesson-of-our-own', order: 6 },
      { slug: 'an-appendix', order: 20 },
    ];
    const orders = stillPlanned(written).map(({ order }) => order);
    expect(orders).toEqual(
      CURRICULUM.map(({ order }) => order).filter((order) => order !== 5 && order !== 6),
    );
  });
});
