// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { announceFinish } from '#src/demo/places/announce.ts';
import { aRun } from '#src/demo/receipt/fixtures/run.ts';
import './element.ts';

afterEach(() => document.body.replaceChildren());

const part = (name: string): string =>
  document.querySelector(`[data-part="${name}"]`)?.textContent ?? '';

function render(): void {
  const measured = JSON.stringify([{ handlerMs: 30, coldMs: 0, cpuMs: 30, responseBytes: 44 }]);
  document.body.innerHTML = `<call-bill data-demo="one-click" data-provider="AWS Lambda" data-measured='${measured}'><span data-part="kind">recorded</span>
    <select data-part="memory"><option value="256" selected></option><option value="1024"></option></select>
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

test('the recorded run, and then the reader’s own, is billed with the memory that they choose', async () => {
  render();
  const memory = document.querySelector('select');
  const choose = (mb: string): void => {
    if (memory) memory.value = mb;
    memory?.dispatchEvent(new Event('change'));
  };
  choose('1024');
  await vi.waitFor(() => expect(part('slips')).toContain('30 ms of CPU, 1,024 MB configured'));
  expect(part('kind')).toBe('recorded');
  expect(part('slips')).toContain('0.052 GB-seconds');
  choose('256');
  await vi.waitFor(() => expect(part('slips')).toContain('256 MB configured'));
  expect(part('slips')).toContain('0.052 GB-seconds');
  choose('1024');
  announceFinish('one-click', { runs: [aRun()], memoryMb: 256 });
  await vi.waitFor(() => expect(part('kind')).toBe('your run'));
  expect(part('slips')).toContain('8.0 ms in the handler, 3.5 ms of CPU, 1,024 MB configured');
});
