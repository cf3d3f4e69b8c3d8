/**
 * Keeps what a reader presses before the script of its element is there, and carries it out then.
 * The page's head holds this function as text, so that it works from the first paint on: it must use
 * nothing from outside itself. Its counterpart is `CourseElement`, which sets `data-live` and reports
 * with `course:live`: empty when the element listens, `failed` when what it needs could not be loaded.
 * A press is reported to the element with `course:pressed`, and by `aria-busy` if it is defined only later.
 */
export function guardPresses(): void {
  type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  interface Waiting {
    /** What was changed, and whether it was ticked: an element may set its fields as it starts. */
    readonly fields: Map<Field, boolean>;
    press: (() => void) | undefined;
  }
  const LOADING = 'One moment: this part of the page is still loading.';
  const FAILED = 'This part of the page could not be loaded. Reload the page to try again.';
  /** A wait shorter than this, in ms, needs no word. */
  const PATIENCE_MS = 300;
  const all = new Map<HTMLElement, Waiting>();
  let isLoaded = false;

  const ownerOf = (target: EventTarget | null): HTMLElement | null => {
    let element = target instanceof Element ? target : null;
    while (element && !element.localName.includes('-')) element = element.parentElement;
    return element instanceof HTMLElement ? element : null;
  };
  const canAnswer = (owner: HTMLElement): boolean =>
    owner.dataset['live'] !== 'failed' && !(isLoaded && !customElements.get(owner.localName));
  const say = (owner: HTMLElement, text: string): void => {
    let status = owner.querySelector('[role="status"]');
    if (!status) {
      status = document.createElement('p');
      status.setAttribute('role', 'status');
      status.className = 'message';
      owner.append(status);
    }
    if (text !== '' || [LOADING, FAILED].includes(status.textContent)) status.textContent = text;
  };
  const tell = (owner: HTMLElement): void => {
    if (all.get(owner)?.press) say(owner, canAnswer(owner) ? LOADING : FAILED);
  };
  const pressOf = (event: Event & Partial<SubmitEvent & MouseEvent>) => {
    const { type, target, submitter } = event;
    if (type === 'submit') {
      return target instanceof HTMLFormElement && (() => target.requestSubmit(submitter));
    }
    if (!(target instanceof Element)) return false;
    const link = target.closest('a');
    if (link) return !opensElsewhere(event) && leadsToItself(link) && (() => link.click());
    const button = target.closest('button');
    // A button that submits does so; one that opens a popover needs no script.
    if (!button || button.type !== 'button' || button.hasAttribute('popovertarget')) return false;
    return () => button.click();
  };
  const opensElsewhere = (event: Partial<MouseEvent>): boolean =>
    event.ctrlKey === true || event.metaKey === true || event.shiftKey === true;
  /** A figure copies the link to itself (`form-link.ts`); any other link needs no script. */
  const leadsToItself = (link: HTMLAnchorElement): boolean => {
    const owner = ownerOf(link);
    const [id] = link.hash.slice(1).split('?');
    return owner !== null && owner.id !== '' && id === owner.id && canAnswer(owner);
  };

  const keep = (event: Event): void => {
    const owner = ownerOf(event.target);
    if (!owner || owner.dataset['live'] === '') return;
    const waiting = all.get(owner) ?? { fields: new Map<Field, boolean>(), press: undefined };
    if (event.type === 'input' || event.type === 'change') {
      const field = event.target as Field;
      waiting.fields.set(field, 'checked' in field && field.checked);
    } else {
      const press = pressOf(event);
      if (!press) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting.press = press;
      owner.setAttribute('aria-busy', String(canAnswer(owner)));
      owner.dispatchEvent(new Event('course:pressed'));
      setTimeout(tell, canAnswer(owner) ? PATIENCE_MS : 0, owner);
    }
    all.set(owner, waiting);
  };
  for (const type of ['submit', 'click', 'input', 'change']) {
    document.addEventListener(type, keep, true);
  }

  document.addEventListener('course:live', ({ target }) => {
    const owner = target as HTMLElement;
    const waiting = all.get(owner);
    if (!waiting) return;
    owner.removeAttribute('aria-busy');
    if (!canAnswer(owner)) {
      tell(owner);
      return;
    }
    all.delete(owner);
    if (waiting.press) say(owner, '');
    for (const [field, isTicked] of waiting.fields) {
      if (field.disabled || !field.isConnected) continue;
      if ('checked' in field) field.checked = isTicked;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
    waiting.press?.();
  });

  // By now each script of the page has come or will not come any more (`after-paint.ts`).
  document.addEventListener('course:scripts', () => {
    isLoaded = true;
    for (const owner of all.keys()) {
      if (canAnswer(owner)) continue;
      owner.removeAttribute('aria-busy');
      tell(owner);
    }
  });
}
