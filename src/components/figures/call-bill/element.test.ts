// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { announceFinish } from '#src/demo/places/announce.ts';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import './element.ts';

afterEach(() => document.body.replaceChildren());

const part = (name: string): string =>
  document.querySelector(`[data-part="${name}"]`)?.textContent ?? '';

function render(): void {
  document.body.innerHTML = `<call-bill data-demo="one-click"><span data-part="kind">recorded</span>
    <div data-part="slips">recorded</div></call-bill>`;
}

test('the reader’s own run takes the place of the recorded one', async () => {
  render();
  announceFinish('one-click', { runs: [aRun()], memoryMb: 256 });
  await vi.waitFor(() => expect(part('kind')).toBe('your run'));
  expect(part('slips')).toContain('8.0 ms in the handler');
});

test('runs of other demos change nothing', async () => {
  render();
  announceFinish('another', { runs: [aRun()], memoryMb: 256 });
  await vi.dynamicImportSettled();
  expect(part('slips')).toBe('recorded');
});
