// @vitest-environment jsdom
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { vi } from 'vitest';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import { DOOR_FRAME } from './frame.ts';
import { DOOR_DIALS, doorOutcome, doorsOf, doorVerdict, type DoorSetup } from './setup.ts';
import './element.ts';

everythingIsInView();

const at = (query: string): DoorSetup => doorsOf(new URLSearchParams(query));

describe('who gets in', () => {
  test('thirty pools of ten that are filled at the start: the second instance is refused', () => {
    const outcome = doorOutcome(at(''));
    expect(outcome).toMatchObject({ free: 16, wants: 10, firstRefused: 2 });
    expect(outcome.got.slice(0, 3)).toEqual([10, 6, 0]);
    expect(doorVerdict(outcome)).toBe(
      '30 instances × 10 connections = 300, and 16 doors are open to them. Instance 2 finds 6 of the 10 that it wants, and is the first to be refused.',
    );
  });

  test('opened when a query needs one: the seventeenth', () => {
    const outcome = doorOutcome(at('opens=needed'));
    expect(outcome).toMatchObject({ wants: 1, firstRefused: 17 });
    expect(doorVerdict(outcome)).toContain('Instance 17 finds every door taken');
  });

  test('nobody holds more doors than are open, and nobody is refused while one is free', () => {
    const dial = (name: keyof typeof DOOR_DIALS): fc.Arbitrary<number> =>
      fc.integer({ min: DOOR_DIALS[name].least, max: DOOR_DIALS[name].most });
    const setups = fc.record({
      instances: dial('instances'),
      each: dial('each'),
      doors: dial('doors'),
      opens: fc.constantFrom('needed' as const, 'start' as const),
    });
    fc.assert(
      fc.property(setups, (setup) => {
        const { got, free, wants, firstRefused } = doorOutcome(setup);
        const held = got.reduce((sum, gets) => sum + gets, 0);
        expect(held).toBe(Math.min(free, wants * setup.instances));
        expect(firstRefused === null).toBe(wants * setup.instances <= free);
      }),
    );
  });
});

describe('the figure', () => {
  beforeEach(async () => {
    document.body.innerHTML = `<pool-doors id="doors"><a data-part="link">Link</a><form data-part="form">
      ${Object.entries(DOOR_DIALS)
        .map(
          ([name, { least, most, default: value }]) =>
            `<output data-part="${name}"></output><input type="range" name="${name}" min="${least}" max="${most}" value="${value}">`,
        )
        .join('')}
      <input type="radio" name="opens" value="needed"><input type="radio" name="opens" value="start" checked></form>
      ${Object.keys(DOOR_FRAME)
        .map((name) => `<div data-part="${name}"></div>`)
        .join('')}</pool-doors>`;
    await vi.waitFor(() => expect(document.querySelector('[data-live=""]')).not.toBeNull());
  });

  test('follows its dials, and its link leads to what is shown', async () => {
    const field = document.querySelector<HTMLInputElement>('[name="each"]') as HTMLInputElement;
    field.value = '5';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await vi.waitFor(() =>
      expect(part('verdict', HTMLElement).textContent).toContain('× 5 connections = 150'),
    );
    expect(part('each', HTMLOutputElement).value).toBe('5');
    expect(part('link', HTMLAnchorElement).href).toContain('each=5');
    expect(part('drawing', HTMLElement).querySelectorAll('rect')).toHaveLength(20);
  });
});
