/** HTML and SVG as strings, escaped: the same renderers draw on the server and in the page. */

/** Text that is already HTML. Only `html` makes it, so nothing gets in unescaped. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What a template may hold: markup as it is, text and numbers escaped, nothing as nothing. */
export type Content = Markup | string | number | null | undefined | false | readonly Content[];

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for HTML, in content and in quoted attributes. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** A length in an SVG, relative to its width: `12.5%`. @param share from 0 to 1 */
export function svgPercent(share: number, decimals: number): string {
  return `${Number((100 * share).toFixed(decimals))}%`;
}

/** A template whose values are escaped: html`<p title="${title}">${text}</p>`. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...values.map(written)));
}

function written(value: Content): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.toString();
  if (typeof value === 'object') return value.map(written).join('');
  return escape(String(value));
}
