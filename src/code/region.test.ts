import { expect, test } from 'vitest';
import { regionNames, regionOf, withoutMarks } from './region.ts';

const source = `/** What it does. */

export default {
  // #region handler
  fetch() {
    // #region answer
    return new Response();
    // #endregion
  },
  // #endregion
};
`;

test('a region is cut out, moved to the left edge, and its inner marks are gone', () => {
  expect(regionOf(source, 'handler')).toBe('fetch() {\n  return new Response();\n},');
  expect(regionOf(source, 'answer')).toBe('return new Response();');
});

test('a file without its marks is the file', () => {
  expect(withoutMarks(source)).toBe(
    '/** What it does. */\n\nexport default {\n  fetch() {\n    return new Response();\n  },\n};',
  );
});

test('Python marks are comments of Python', () => {
  const python =
    'class handler:\n    # region handler\n    def do_GET(self):\n        pass\n    # endregion\n';
  expect(regionOf(python, 'handler')).toBe('def do_GET(self):\n    pass');
});

test('the regions of a file can be named, and another is not found', () => {
  expect(regionNames(source)).toEqual(['handler', 'answer']);
  expect(regionOf(source, 'hand')).toBeNull();
});
