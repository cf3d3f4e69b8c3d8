/** The database of the functions. */

import { findDatabase } from '../../resources/store/find-database.ts';
import type { Finding } from './check.ts';

/** @param root folder of the project */
export async function postgresCheck(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Finding> {
  try {
    const { kind, engine, why, where } = await findDatabase(root, root, env);
    if (kind === 'own') return { state: 'ok', found: `${engine}, the course’s own` };
    if (kind === 'named') return { state: 'ok', found: `${engine}, ${where}` };
    return { state: 'without', found: `${engine} instead`, cure: why ?? '' };
  } catch (error) {
    const { message } = error as Error;
    return { state: 'without', found: 'none that functions could use', cure: message };
  }
}
