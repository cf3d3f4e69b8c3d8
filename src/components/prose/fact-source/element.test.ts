// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';

vi.hoisted(() => {
  // jsdom has none.
  globalThis.matchMedia = () => new EventTarget() as MediaQueryList;
});
import './element.ts';

const fetched = vi.fn<typeof fetch>();

function page(): { mark: HTMLElement; source: HTMLElement } {
  document.body.innerHTML = `<span class="fact"><button></button
    ><fact-source data-fact="T05-12"><strong>A source</strong> <small>As of 2021.</small></fact-source></span>`;
  return {
    mark: document.querySelector('button') as HTMLElement,
    source: document.querySelector('fact-source') as HTMLElement,
  };
}

beforeEach(() => {
  fetched.mockReset();
  fetched.mockImplementation(() => Promise.resolve(Response.json('<span>It says so.</span>')));
  vi.stubGlobal('fetch', fetched);
});

describe('the source of a fact', () => {
  it('says what it says once the reader turns to its mark, and asks once', async () => {
    const { mark, source } = page();
    expect(fetched).not.toHaveBeenCalled();
    mark.focus();
    mark.parentElement?.dispatchEvent(new PointerEvent('pointerenter'));
    await vi.waitFor(() => expect(source.textContent).toBe('A sourceIt says so. As of 2021.'));
    expect(fetched.mock.calls).toEqual([['/facts/T05-12.json']]);
  });

  it('keeps source and date when nothing comes, and asks again the next time', async () => {
    fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    const { mark, source } = page();
    mark.focus();
    await vi.waitFor(() => expect(fetched).toHaveBeenCalledOnce());
    expect(source.textContent).toBe('A source As of 2021.');
    mark.blur();
    await vi.waitFor(() => {
      mark.blur();
      mark.focus();
      expect(source.textContent).toBe('A sourceIt says so. As of 2021.');
    });
  });
});
