import { expect, test } from 'vitest';
import { RULE_ORDER } from '#faas/core/rules/rule-order.ts';
import { drawChecks } from './draw.ts';
import { shownChecks } from './setup.ts';
import { checksTable } from './table.ts';

const { before, during } = shownChecks();

test('every check of the door is shown once, in the order of the core', () => {
  expect([...before, ...during].map(({ asks }) => asks)).toEqual(
    RULE_ORDER.map(({ asks }) => asks),
  );
});

test('what counts comes before what asks who, and the time limit runs with the handler', () => {
  const asked = before.map(({ asks }) => asks);
  expect(asked.indexOf('Is a token left?')).toBeLessThan(asked.indexOf('Who calls, and may they?'));
  expect(during.map(({ statuses }) => statuses)).toEqual([[504]]);
});

test('a refusal is told by its status, and the cache refuses nothing', () => {
  const drawn = String(drawChecks(before, during));
  expect(drawn).toContain('Is a token left?</span> <span class="refusal">429</span>');
  expect(drawn).toContain('answered from memory');
  expect(drawn.match(/data-step="\d"/g)).toHaveLength(RULE_ORDER.length + 1);
});

test('the table says as much as the picture', () => {
  const table = String(checksTable(before, during));
  for (const { asks, meaning } of [...before, ...during]) {
    expect(table).toContain(asks);
    expect(table).toContain(meaning);
  }
});
