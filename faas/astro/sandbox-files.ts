/** The texts of which the tab makes its sandboxes. */

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SANDBOX_FILES } from '../api.ts';
import { SANDBOX_SCRIPT, sandboxPage } from '../drivers/web-worker/sandbox-page.ts';
import { bundle } from './bundle.ts';

/** Beside this file, wherever the project is whose functions it runs. */
const RUNTIME = fileURLToPath(new URL('../drivers/web-worker/worker-runtime.ts', import.meta.url));

/** Text of {@link SANDBOX_FILES}' page. */
export function sandboxHtml(): string {
  const hash = createHash('sha256').update(SANDBOX_SCRIPT).digest('base64');
  return sandboxPage(`'sha256-${hash}'`);
}

/** Text of {@link SANDBOX_FILES}' runtime. @param root folder of the project */
export async function sandboxRuntime(root: string): Promise<string> {
  const code = await bundle(root, RUNTIME, { format: 'iife' });
  if (code === null) throw new Error(`${RUNTIME} imports a module of Node; a browser has none.`);
  return code;
}

/** Writes both into the built site. @param dist its folder */
export async function writeSandboxFiles(root: string, dist: string): Promise<void> {
  mkdirSync(dirname(join(dist, SANDBOX_FILES.page)), { recursive: true });
  writeFileSync(join(dist, SANDBOX_FILES.page), sandboxHtml());
  writeFileSync(join(dist, SANDBOX_FILES.runtime), await sandboxRuntime(root));
}
