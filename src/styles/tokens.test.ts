import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').replace(
  /\/\*[\s\S]*?\*\//g,
  '',
);
/** The first `:root { … }`: everything after it only adapts to the reader's settings. */
const declarations = new Map(
  [...css.slice(0, css.indexOf('}')).matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(
    ([, name = '', value = '']) => [name, value.trim()] as const,
  ),
);

type Scheme = 'light' | 'dark';

const colour = (name: string, scheme: Scheme): string => resolve(`var(${name})`, scheme);

/** `#rrggbb` of a value: one that is named, or one of a pair. */
function resolve(value: string, scheme: Scheme): string {
  const [, name] = /^var\((--[\w-]+)\)$/.exec(value) ?? [];
  if (name !== undefined) {
    const named = declarations.get(name);
    if (named === undefined) throw new Error(`tokens.css has no ${name}`);
    return resolve(named, scheme);
  }
  const [, light, dark] = /^light-dark\(([^,]+), ([^,]+)\)$/.exec(value) ?? [];
  if (light !== undefined && dark !== undefined) {
    return resolve(scheme === 'light' ? light : dark, scheme);
  }
  if (!/^#[0-9a-f]{6}$/.test(value)) throw new Error(`expected #rrggbb, found ${value}`);
  return value;
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const states = ['zero', 'cold', 'busy', 'idle', 'fault', 'cost'];
const surfaces = ['--paper', '--panel', '--well'];
const code = ['ink', 'comment', 'keyword', 'string', 'constant', 'function', 'punctuation'];

/** Text on surface: WCAG AA for text of any size. */
const text: [string, string][] = [
  ...['--ink', '--ink-soft', '--accent'].flatMap((ink) =>
    surfaces.map((surface): [string, string] => [ink, surface]),
  ),
  ['--on-accent', '--accent'],
  ...states.flatMap((state): [string, string][] => [
    ...[...surfaces, `--${state}-surface`].map((surface): [string, string] => [
      `--${state}-ink`,
      surface,
    ]),
    ['--ink', `--${state}-surface`],
    ['--ink-soft', `--${state}-surface`],
  ]),
  ...code.map((token): [string, string] => [`--code-${token}`, '--code-surface']),
];

/** Edges of controls and of state marks: WCAG AA for what is not text. */
const edges: [string, string][] = ['--edge', ...states.map((state) => `--${state}-edge`)].flatMap(
  (edge) => ['--paper', '--panel'].map((surface): [string, string] => [edge, surface]),
);

describe.each<Scheme>(['light', 'dark'])('colours in the %s scheme', (scheme) => {
  it.each(text)('%s reads on %s', (ink, surface) => {
    expect(contrast(colour(ink, scheme), colour(surface, scheme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(edges)('%s stands out on %s', (edge, surface) => {
    expect(contrast(colour(edge, scheme), colour(surface, scheme))).toBeGreaterThanOrEqual(3);
  });
});

describe('tokens.css', () => {
  it('writes each meaning once, light and dark together', () => {
    const names = [...css.slice(0, css.indexOf('}')).matchAll(/(--[\w-]+):/g)].map(([, n]) => n);
    expect(names).toEqual([...new Set(names)]);
  });

  it('uses every primitive it names', () => {
    const primitives = [...declarations].filter(([, value]) => value.startsWith('#'));
    const unused = primitives.map(([name]) => name).filter((name) => !css.includes(`var(${name})`));
    expect(unused).toEqual([]);
  });
});
