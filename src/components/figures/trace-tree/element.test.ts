// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { callTrees } from '#faas/core/trace/call-tree.ts';
import { composedEvents } from '#faas/simulation/composed-call.ts';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import { CHECKOUT_FRAME, checkoutShown, isAsModelled } from './frame.ts';
import {
  CHECKOUT_DIALS,
  checkoutCall,
  checkoutOf,
  modelOf,
  type CheckoutSetup,
} from '../checkout.ts';
import { lastsMs } from './draw.ts';
import { partsOf } from './spending.ts';
import { spendingTable } from './table.ts';
import './element.ts';

everythingIsInView();

const { runCheckout } = vi.hoisted(() => ({ runCheckout: vi.fn() }));
vi.mock('./run.ts', () => ({ runCheckout }));

const at = (query: string): CheckoutSetup => checkoutOf(new URLSearchParams(query));
const treeAt = (query: string) => {
  const [tree] = callTrees(composedEvents(modelOf(at(query))));
  if (tree === undefined) throw new Error('no tree');
  return tree;
};

describe('what is asked', () => {
  test('the call says what the dials say, and leaves out what is not set', () => {
    expect(checkoutCall(at('')).url).toBe('/api/cart?waitMs=20&tries=3');
    expect(checkoutCall(at('slow=pay')).url).toBe('/api/cart?waitMs=20&tries=3&pay.waitMs=420');
    expect(
      checkoutCall(at('shape=orchestrated&down=ship&timeout=100&deadline=900&wait=5')).url,
    ).toBe('/api/checkout?waitMs=20&tries=3&backoffMs=5&timeoutMs=100&deadlineMs=900&down=ship');
  });
});

describe('what is drawn', () => {
  test('nested, with the last one down: forty calls, four deep', () => {
    const shown = checkoutShown(at('down=ship'), null);
    expect(String(CHECKOUT_FRAME.verdict(shown))).toBe(
      'The model: 40 calls, 4 deep; the answer took 260 ms and is 502.',
    );
    expect(String(CHECKOUT_FRAME.compared(shown))).toContain('<td>—</td><td>27</td>');
    const table = document.createElement('div');
    table.innerHTML = String(CHECKOUT_FRAME.table(shown));
    expect(table.querySelectorAll('tbody tr')).toHaveLength(40);
  });

  test('availability multiplies, and tries in the right place make up for it', () => {
    const said = (query: string) =>
      String(CHECKOUT_FRAME.compared(checkoutShown(at(query), null))).match(
        /<td>([\d,]+)<\/td><\/tr><\/tbody>/,
      )?.[1];
    expect(['tries=1', 'tries=3', 'shape=orchestrated&tries=3', 'down=ship'].map(said)).toEqual([
      '996,006',
      '999,000',
      '1,000,000',
      '0',
    ]);
  });

  test('orchestrated: three calls of it, and what was done is undone', () => {
    const drawing = String(
      CHECKOUT_FRAME.drawing(checkoutShown(at('shape=orchestrated&down=ship'), null)),
    );
    expect(drawing.match(/>ship</g)).toHaveLength(3);
    expect(drawing).toMatch(/>undo pay<.*>undo cart</s);
  });

  test('a slow one that is given up goes on, and is undone, since nobody knows', () => {
    const tree = treeAt('shape=orchestrated&slow=pay&timeout=100&tries=1');
    expect(tree.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /api/cart',
      'POST /api/price',
      'POST /api/pay',
      'DELETE /api/pay',
      'DELETE /api/cart',
    ]);
    expect([tree.endedMs, lastsMs(tree)]).toEqual([140, 460]);
  });

  test('where the time went adds up: the path is the answer, and own work and waiting the handlers', () => {
    const parts = partsOf(treeAt(''));
    const sum = (of: 'pathMs' | 'ownMs') => parts.reduce((ms, one) => ms + one[of], 0);
    expect([sum('pathMs'), sum('ownMs')]).toEqual([80, 80]);
    expect(parts.map(({ name, waitedMs }) => [name, waitedMs])).toEqual([
      ['cart', 60],
      ['price', 40],
      ['pay', 20],
      ['ship', 0],
    ]);
    expect(parts.every(({ million }) => million.every((cost) => cost > 0))).toBe(true);
    const [tree, remark] = [treeAt(''), 'is not in the sums'];
    expect(String(spendingTable(tree))).not.toContain(remark);
    expect(String(spendingTable({ ...tree, cpuMs: null }))).toContain(remark);
  });
});

test('a run is kept only when it made the calls that the model makes, and was answered alike', () => {
  const tree = treeAt('down=ship');
  expect(isAsModelled(tree, at('down=ship'))).toBe(true);
  expect(isAsModelled({ ...tree, status: null, code: 'timed-out' }, at('down=ship'))).toBe(false);
  expect(isAsModelled(tree, at('down=ship&tries=2'))).toBe(false);
});

describe('the figure', () => {
  beforeEach(async () => {
    document.body.innerHTML = `<trace-tree id="trace"><a data-part="link">Link</a><form data-part="form">
      <input type="radio" name="shape" value="nested" checked><input type="radio" name="shape" value="orchestrated">
      <select name="down"><option value="">nothing</option><option value="ship">ship</option></select>
      ${Object.entries(CHECKOUT_DIALS)
        .map(
          ([name, { least, most, default: value }]) =>
            `<input type="text" name="${name}" value="${value}" data-least="${least}" data-most="${most}" data-whole="true">`,
        )
        .join('')}
      <button type="submit" data-part="run">Run</button><button type="button" data-part="cancel" hidden></button><span data-part="progress" hidden></span></form>
      <p data-part="status"></p><span data-part="provenance">Recorded.</span>
      ${Object.keys(CHECKOUT_FRAME)
        .map((name) => `<div data-part="${name}"></div>`)
        .join('')}</trace-tree>`;
    await vi.waitFor(() => expect(document.querySelector('[data-live=""]')).not.toBeNull());
  });

  const choose = (name: string, value: string): void => {
    const field = document.querySelector<HTMLSelectElement>(`[name="${name}"]`);
    if (field === null) throw new Error(name);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };

  test('leaves the recorded run until the dials are turned, then draws the model', async () => {
    expect(part('drawing', HTMLElement).innerHTML).toBe('');
    choose('down', 'ship');
    await vi.waitFor(() =>
      expect(part('verdict', HTMLElement).textContent).toContain('The model: 40 calls'),
    );
    expect(part('provenance', HTMLElement).textContent).toContain('The model');
    expect(part('link', HTMLAnchorElement).href).toContain('down=ship');
  });

  test('a run is drawn beside the model', async () => {
    runCheckout.mockResolvedValue({ tree: treeAt('down=ship'), provenance: 'Live in this tab.' });
    choose('down', 'ship');
    part('run', HTMLButtonElement).click();
    await vi.waitFor(() =>
      expect(part('verdict', HTMLElement).textContent).toContain('It ran: 40 calls'),
    );
    expect(part('compared', HTMLElement).innerHTML).toContain('<td>27</td><td>27</td>');
    expect(part('provenance', HTMLElement).textContent).toBe('Live in this tab.');
  });

  test('what cannot be drawn is said', async () => {
    runCheckout.mockRejectedValue(new Error('The cloud does not tell which calls were made.'));
    part('run', HTMLButtonElement).click();
    await vi.waitFor(() =>
      expect(part('status', HTMLElement).textContent).toContain('does not tell'),
    );
  });
});
