/** What the element of a lab is told by the server: in `data-setup`, and when it is near. */

export interface LabSetup {
  /** `<lesson>/<lab>` */
  readonly id: string;
  /** Of the start. */
  readonly version: string;
  /** It exports named functions, and no handler. */
  readonly hasEntry: boolean;
  /** Ids of the earlier labs whose code this one may import. */
  readonly uses: readonly string[];
}

/** What comes when the lab is near: `call.json` beside the lab's page. */
export interface FirstCall {
  readonly method: string;
  readonly query: string;
  readonly body: string | null;
}

/** The methods that a reader can choose. */
export const CALL_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Levels of checks in the words of the page. */
export const LEVEL_NAMES: Readonly<Record<string, string>> = {
  'first light': 'First light',
  contract: 'The contract',
  edges: 'Sharp edges (optional)',
};
