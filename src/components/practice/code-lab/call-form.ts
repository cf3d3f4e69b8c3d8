/** What Run asks: method, query and body; of a lab with named functions the calls, as JSON. */

import type { AskedCall } from '#src/attempt/lab-workshop.ts';
import { html } from '#src/components/markup.ts';
import { CALL_METHODS, type FirstCall } from './setup.ts';

export class CallForm {
  readonly #part: HTMLElement;
  readonly #hasEntry: boolean;

  constructor(part: HTMLElement, run: FirstCall, hasEntry: boolean) {
    this.#part = part;
    this.#hasEntry = hasEntry;
    const body = html`<label class="field"><span>${hasEntry ? 'Calls that Run makes' : 'Body'}</span><textarea name="body" rows="3" spellcheck="false">${run.body ?? ''}</textarea></label>`;
    const line = html`<label class="field"><span>Method</span><select name="method">${CALL_METHODS.map(
      (method) => html`<option>${method}</option>`,
    )}</select></label><label class="field"><span>Query</span><input name="query" autocomplete="off" spellcheck="false" value="${run.query}"/></label>`;
    part.innerHTML = String(html`<div class="lab-call">${hasEntry ? body : [line, body]}</div>`);
    const [method] = part.getElementsByTagName('select');
    if (method !== undefined) method.value = run.method;
  }

  /** As it stands in the form now. */
  get call(): AskedCall {
    const method = this.#field('method')?.value ?? 'POST';
    const query = (this.#field('query')?.value ?? '').trim();
    const body = this.#field('body')?.value ?? '';
    const hasBody = this.#hasEntry || (body !== '' && !['GET', 'HEAD'].includes(method));
    return {
      method,
      query: query === '' || query.startsWith('?') ? query : `?${query}`,
      body: hasBody ? body : null,
    };
  }

  #field(name: string): { readonly value: string } | null {
    return this.#part.querySelector<HTMLInputElement>(`[name="${name}"]`);
  }
}
