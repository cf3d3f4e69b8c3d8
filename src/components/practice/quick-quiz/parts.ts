/** The parts of a question that the server has rendered, found once. */

export interface QuestionParts {
  readonly form: HTMLFormElement;
  /** `<lesson>/<question>`: where the answer is kept. */
  readonly key: string;
  /** Of the question in its present wording. */
  readonly hash: string;
  readonly kind: 'single' | 'multiple' | 'short' | 'number';
  readonly options: readonly HTMLElement[];
  readonly choices: readonly HTMLInputElement[];
  /** Only where the reader writes. */
  readonly typed: HTMLInputElement | undefined;
  /** What a number counts; empty for other kinds. */
  readonly unit: string;
  /** How far off a number may be, in its unit. */
  readonly tolerance: number;
  /** One for each option or expected answer, in their order. */
  readonly reasons: readonly HTMLElement[];
  readonly otherwise: HTMLElement | undefined;
  readonly model: HTMLElement | undefined;
  readonly judge: HTMLElement | undefined;
  /** A live region. */
  readonly status: HTMLElement;
  readonly kept: HTMLElement;
  readonly check: HTMLButtonElement;
  readonly same: HTMLButtonElement | undefined;
  readonly other: HTMLButtonElement | undefined;
}
