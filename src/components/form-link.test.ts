// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { fillForm, formState, linkedState, linkForm, LONGEST_LINKED } from './form-link.ts';

function render(): HTMLFormElement {
  document.body.innerHTML = `<form id="dials">
    <input name="ms" data-least="1" data-most="900" value="100">
    <select name="table"><option value="lambda" selected>L</option><option value="vercel">V</option></select>
    <input type="checkbox" name="free" checked>
    <input type="checkbox" name="policy" value="kpa" checked>
    <input type="checkbox" name="policy" value="fixed">
    <input type="radio" name="arch" value="x86" checked><input type="radio" name="arch" value="arm">
    <button>Go</button></form>`;
  const form = document.querySelector('form');
  if (!form) throw new Error('no form');
  return form;
}

const listening = new AbortController();
afterEach(() => history.replaceState(null, '', ' '));

const state = 'ms=250&table=vercel&free=0&policy=fixed&arch=arm';

test('a state put into a form is the state that the form gives back', () => {
  const form = render();
  fillForm(form, new URLSearchParams(state));
  expect(String(formState(form))).toBe(state);
});

test('a link that says nothing of a control leaves it, and one that says nonsense too', () => {
  const form = render();
  const before = String(formState(form));
  fillForm(form, new URLSearchParams('ms=901&table=gone&other=1'));
  fillForm(form, new URLSearchParams('ms=fast'));
  fillForm(form, new URLSearchParams('ms='));
  expect(String(formState(form))).toBe(before);
});

test('a number is linked to as it is read, however it was typed', () => {
  const form = render();
  const ms = form.querySelector('input');
  if (ms) ms.value = ' 12,5 ';
  expect(formState(form).get('ms')).toBe('12.5');
});

test('a fragment belongs to the figure it names', () => {
  location.hash = '#dials?ms=3';
  expect(String(linkedState('dials'))).toBe('ms=3');
  expect(linkedState('other')).toBeNull();
  location.hash = '#dials';
  expect(linkedState('dials')).toBeNull();
});

test('a page opened by a link begins as it was shared, and follows the address', async () => {
  Element.prototype.scrollIntoView = vi.fn();
  location.hash = `#dials?${state}`;
  const form = render();
  const onChange = vi.fn();
  linkForm({ form, id: 'dials', onChange, signal: listening.signal });
  expect(String(formState(form))).toBe(state);
  expect(onChange).not.toHaveBeenCalled();
  location.hash = '#dials?ms=7';
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
  expect(formState(form).get('ms')).toBe('7');
});

test('what the reader changes is in the address', () => {
  const form = render();
  const onChange = vi.fn();
  const link = document.createElement('a');
  linkForm({ form, id: 'dials', link, onChange, signal: listening.signal });
  expect(link.hash).toBe('#dials?ms=100&table=lambda&free=1&policy=kpa&arch=x86');
  const ms = form.querySelector('input');
  if (ms) ms.value = '40';
  ms?.dispatchEvent(new Event('input', { bubbles: true }));
  expect(onChange).toHaveBeenCalledTimes(1);
  expect(location.hash).toBe('');
  expect(link.hash).toContain('ms=40');
  ms?.dispatchEvent(new Event('change', { bubbles: true }));
  expect(location.hash).toBe('#dials?ms=40&table=lambda&free=1&policy=kpa&arch=x86');
});

test('the figure’s link to itself is copied when it is followed, and that is said', async () => {
  const writeText = vi.fn((_text: string) => Promise.resolve());
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  document.body.innerHTML =
    '<div id="dials"><a data-part="link" href="#dials?ms=7">Link</a><form><input name="ms"></form></div>';
  const [form, link] = [document.querySelector('form'), document.querySelector('a')];
  if (!form || !link) throw new Error('no form');
  linkForm({ form, id: 'dials', link, onChange: () => undefined, signal: listening.signal });
  link.click();
  const said = (): string => document.querySelector('[role="status"]')?.textContent ?? '';
  await vi.waitFor(() => expect(said()).toBe('Copied.'));
  expect(writeText).toHaveBeenCalledWith(link.href);
  vi.stubGlobal('navigator', {});
  link.click();
  await vi.waitFor(() => expect(said()).toContain('address of this page'));
  vi.unstubAllGlobals();
});

test('a text of many pages is kept in its field, and left out of the address', () => {
  const form = render();
  form.insertAdjacentHTML('beforeend', '<textarea name="hours"></textarea>');
  linkForm({ form, id: 'dials', onChange: () => undefined, signal: new AbortController().signal });
  const field = form.querySelector('textarea') as HTMLTextAreaElement;
  field.value = '7 '.repeat(LONGEST_LINKED);
  field.dispatchEvent(new Event('change', { bubbles: true }));
  expect(location.hash).toContain('#dials?ms=100');
  expect(location.hash).not.toContain('hours');
  expect(formState(form).get('hours')).toBe(field.value);
});
