import { expect, test } from 'vitest';
import { derivedLinks } from './library-links.ts';

test('each versioned library is reached by its shorter names, whatever the list of links says', () => {
  const files = [
    'libpq.so.5.18',
    'libicudata.so.60.2',
    'libz.so.1',
    'libpq.a',
    'libicudata.77.1.dylib',
  ];
  expect(derivedLinks(files)).toEqual([
    ['libpq.so.5', 'libpq.so.5.18'],
    ['libpq.so', 'libpq.so.5.18'],
    ['libicudata.so.60', 'libicudata.so.60.2'],
    ['libicudata.so', 'libicudata.so.60.2'],
    ['libicudata.77.dylib', 'libicudata.77.1.dylib'],
    ['libicudata.dylib', 'libicudata.77.1.dylib'],
  ]);
});
