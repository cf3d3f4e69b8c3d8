// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import './element.ts';

// jsdom has no popovers.
HTMLElement.prototype.showPopover = () => undefined;

it('a fact asks for what it says once the reader turns to its mark', async () => {
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(Response.json('<span>So.</span>')));
  vi.stubGlobal('fetch', fetched);
  document.body.innerHTML = `<fact-source data-fact="T05-12"><data>6 min</data
    ><a href="#source-2" data-part="noted">2</a></fact-source>`;
  const fact = document.querySelector('fact-source') as HTMLElement;
  expect(fetched).not.toHaveBeenCalled();
  fact.dispatchEvent(new PointerEvent('pointerenter', { pointerType: 'mouse' }));
  await vi.waitFor(() => expect(fact.querySelector('.popup')?.textContent).toBe('So.'));
  expect(fetched.mock.calls).toEqual([['/facts/T05-12.json']]);
});
