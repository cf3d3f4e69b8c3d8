/** The rules and grants of the functions that are recorded, as the project's file says them now. */

import { scanFunctions } from '#faas/project/functions.ts';
import { readPlatformFile, type PlatformFile } from '#faas/project/platform-file.ts';

/** What recordings go by. */
type GrantsAndRules = Pick<PlatformFile, 'grants' | 'rules'>;

const NONE: GrantsAndRules = { grants: {}, rules: {} };

/** In a file with mistakes there is nothing; the platform itself says where they are. */
export function platformFileHere(root = process.cwd()): GrantsAndRules {
  const routes = scanFunctions(root).map(({ route }) => route);
  return readPlatformFile(root, routes).content ?? NONE;
}
