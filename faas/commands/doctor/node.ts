/** Node, as the reader has it: the course runs on its own where this one is too old for it. */

import type { Finding } from './check.ts';

/** As in `engines` of `package.json`: enough to install, and to start the course's own Node. */
const LEAST_MAJOR = 20;

/** @param env npm tells its own Node in it; `own-node.mjs` tells in `STARTED_BY_NODE` which one began this */
export function nodeCheck(env: Readonly<Record<string, string | undefined>>): Finding {
  const running = process.version;
  const [, ofNpm] = /\bnode\/(v\S+)/.exec(env['npm_config_user_agent'] ?? '') ?? [];
  const own = ofNpm ?? env['STARTED_BY_NODE'] ?? running;
  if (Number.parseInt(own.replace(/^v/, ''), 10) < LEAST_MAJOR) {
    const cure = `Install Node ${LEAST_MAJOR} or newer, best the version that nodejs.org calls LTS, and open a new terminal.`;
    return { state: 'missing', found: `${own} is too old`, cure };
  }
  const found = own === running ? own : `${own}, and the course runs on its own ${running}`;
  return { state: 'ok', found };
}
