import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', '.astro/', '.faas/', '.vercel/', 'test/results/'] },
  ...tseslint.configs.strict,
  ...astro.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    // Time and chance are parameters of the core, never its own.
    files: ['faas/core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'performance', 'fetch', 'process', 'window', 'document'],
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now' },
        { object: 'Math', property: 'random' },
      ],
    },
  },
  {
    // What a function or a command prints is its output.
    files: [
      'api/**',
      'faas/**/fixtures/**',
      'test/**',
      'faas/commands/**',
      'src/**/cli.ts',
      'src/content/labs/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // What a lab hands to its reader is used by the lines that they write.
    files: ['src/content/labs/**/start.ts'],
    rules: { '@typescript-eslint/no-unused-vars': 'off' },
  },
);
