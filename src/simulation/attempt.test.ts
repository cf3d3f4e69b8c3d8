// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { Attempts } from './attempt.ts';

function stage(): { attempts: Attempts; status: HTMLElement; cancel: HTMLButtonElement } {
  document.body.innerHTML = `<p role="status"></p><div hidden><progress max="1" value="0"></progress><button></button></div>`;
  const find = <T extends Element>(selector: string): T => {
    const found = document.querySelector<T>(selector);
    if (!found) throw new Error(selector);
    return found;
  };
  const cancel = find<HTMLButtonElement>('button');
  const status = find<HTMLElement>('p');
  const parts = { progress: find<HTMLElement>('div'), bar: find<HTMLProgressElement>('progress') };
  return {
    attempts: new Attempts({ ...parts, cancel, status }, new AbortController().signal),
    status,
    cancel,
  };
}

const untilAborted = (signal: AbortSignal): Promise<string> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

afterEach(() => vi.useRealTimers());

test('only the newest attempt counts', async () => {
  const { attempts, status } = stage();
  const first = attempts.make(untilAborted);
  const second = attempts.make(() => Promise.resolve('second'));
  expect(await first).toBeNull();
  expect(await second).toBe('second');
  expect(status.textContent).toBe('');
});

test('one that takes long shows how far it is, can be cancelled, and leaves nothing behind', async () => {
  vi.useFakeTimers();
  const { attempts, status, cancel } = stage();
  const made = attempts.make((signal, onProgress) => {
    onProgress(0.4);
    return untilAborted(signal);
  });
  const progress = document.querySelector('div');
  expect(progress?.hidden).toBe(true);
  vi.advanceTimersByTime(501);
  expect(progress?.hidden).toBe(false);
  expect(document.querySelector('progress')?.value).toBe(0.4);
  cancel.click();
  expect(await made).toBeNull();
  expect(progress?.hidden).toBe(true);
  expect(status.textContent).toContain('Cancelled');
});

test('one that cannot be made says why', async () => {
  const { attempts, status } = stage();
  expect(await attempts.make(() => Promise.reject(new Error('Choose one.')))).toBeNull();
  expect(status.textContent).toBe('Choose one.');
  expect(status.dataset['state']).toBe('fault');
});
