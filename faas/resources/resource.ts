/** What functions are handed: a database, an object store. The platform starts, lists and stops it. */

import type { FunctionSpec } from '../core/function.ts';
import type { Mount } from '../gateway/gateway.ts';

/** Something that functions are handed through their environment, and that answers at a URL. */
export interface Resource extends Mount {
  /**
   * Variables for a new instance of the function; no secrets for one that the project has not granted
   * the resource.
   *
   * @param origin where processes of this machine reach the gateway: `http://127.0.0.1:4321`
   */
  variablesFor(spec: FunctionSpec, origin: string): Readonly<Record<string, string>>;
  /** Ends what runs. It is called once, when no instance is left. */
  stop(): Promise<void>;
}
