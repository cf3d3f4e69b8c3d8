/** What functions are handed: a database, an object store. The platform starts, lists and stops it. */

import type { FunctionSpec } from '../core/function.ts';
import type { Mount } from '../gateway/gateway.ts';

/** Variables of an instance's environment. */
export type Variables = Readonly<Record<string, string>>;

/** Something that functions are handed through their environment, and that answers at a URL. */
export interface Resource extends Mount {
  /**
   * Variables for a new instance of the function; no secrets for one that the project has not granted
   * the resource.
   *
   * @param origin where processes of this machine reach the gateway: `http://127.0.0.1:4321`
   * @param instance id of the instance in the trace
   */
  variablesFor(
    spec: FunctionSpec,
    origin: string,
    instance: string,
  ): Variables | Promise<Variables>;
  /** Makes ready in advance what takes long and leaves nothing running. @default nothing */
  prepare?(): Promise<void>;
  /** Ends what runs. It is called once, when no instance is left. */
  stop(): Promise<void>;
}
