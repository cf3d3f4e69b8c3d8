// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { everythingIsInView, part } from '../../fixtures/figure.ts';
import { messageSetup, tickedStory } from './setup.ts';
import './element.ts';

everythingIsInView();

const verdict = (): string => part('verdict', HTMLElement).textContent;
const tick = (selector: string): void =>
  document.querySelector<HTMLInputElement>(selector)?.click();

beforeEach(async () => {
  history.replaceState(null, '', '#');
  const radios = (name: string, values: readonly string[]): string =>
    values
      .map(
        (value, at) =>
          `<input type="radio" name="${name}" value="${value}" ${at === 0 ? 'checked' : ''}>`,
      )
      .join('');
  document.body.innerHTML = `<message-lanes id="messages"><a data-part="link"></a><form data-part="form">
    ${radios('consumer', ['careless', 'claim-first', 'one-step'])}${radios('crash', ['', 'before', 'after'])}
    <input type="checkbox" name="drop"><input type="checkbox" name="duplicate">
    <input type="hidden" name="seed" value="0" data-part="seed"><button type="button" data-part="run"></button></form>
    <div data-part="progress"><progress data-part="bar"></progress><button data-part="cancel"></button></div>
    <p data-part="status"></p><div data-part="faults"></div><div data-part="drawing"></div><p data-part="verdict"></p>
    <div data-part="table"></div></message-lanes>`;
  await vi.waitFor(() => expect(document.querySelector('[data-live=""]')).not.toBeNull());
});

test.each([
  ['consumer=careless', '1 event, 1 delivery, 1 effect.'],
  ['consumer=careless&crash=after', '2 deliveries, 2 effects.'],
  ['consumer=careless&drop=1', 'has its effect 2 times'],
  ['consumer=done-first&crash=before', 'never has its effect'],
  ['consumer=look-then-do&duplicate=1', 'has its effect 2 times'],
  ['consumer=claim-first&crash=before', 'never has its effect'],
  ['consumer=one-step&crash=before&drop=1&duplicate=1&delay=1&again=1', '1 effect. Each event has'],
  ['consumer=one-step&crash=after', '2 deliveries, 1 effect.'],
])('%s: %s', async (state, says) => {
  const { messagesSummary } = await import('./draw.ts');
  expect(messagesSummary(tickedStory(messageSetup(new URLSearchParams(state))))).toContain(says);
});

test('the story follows what is ticked', () => {
  tick('[name="crash"][value="after"]');
  expect(verdict()).toContain('2 effects');
  expect(part('table', HTMLElement).textContent).toContain('dies after act');
  tick('[value="one-step"]');
  expect(verdict()).toContain('1 effect.');
});

test('two hundred schedules find what is wrong, and the link says which one it was', async () => {
  tick('[value="claim-first"]');
  part('run', HTMLButtonElement).click();
  await vi.waitFor(() => expect(verdict()).toContain('never has its effect'));
  const seed = part('seed', HTMLInputElement).value;
  expect(Number(seed)).toBeGreaterThan(0);
  expect(location.hash).toContain(`seed=${seed}`);
  expect(part('faults', HTMLElement).querySelectorAll('li')).toHaveLength(1);
  tick('[value="one-step"]');
  expect(part('seed', HTMLInputElement).value).toBe('0');
  part('run', HTMLButtonElement).click();
  await vi.waitFor(() =>
    expect(part('status', HTMLElement).textContent).toBe('It holds under all 200 schedules.'),
  );
});
