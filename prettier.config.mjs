/** Lesson text is left alone: a formatter corrupts fenced code inside MDX components. */
export default {
  singleQuote: true,
  printWidth: 100,
  plugins: ['prettier-plugin-astro'],
  overrides: [
    { files: '*.astro', options: { parser: 'astro' } },
    // Space counts in the HTML of a template string: it is left as written.
    { files: '*.ts', options: { embeddedLanguageFormatting: 'off' } },
  ],
};
