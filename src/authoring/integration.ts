/**
 * The author's check inside Astro. A build with a mistake stops before it writes a page; in `astro dev`
 * each save is checked again, and what is wrong stands in the terminal and over the page.
 */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration, AstroIntegrationLogger } from 'astro';
import type { ViteDevServer } from 'vite';
import { checkCourse } from './check.ts';
import { formatMistake, formatMistakes, type Mistake } from '#src/errors/mistake.ts';
import { reportLateSaves } from './late-saves.ts';

/** One save often touches several files; editors also write in two steps. */
const SETTLE_MS = 60;

const WATCHED = /\/(src\/(content|pages|components)|api|public)\/|\/vercel\.json$/;

/** Stops a build with a mistake; in development, reports mistakes after each save. */
export default function authoring(): AstroIntegration {
  let root = process.cwd();
  return {
    name: 'authoring',
    hooks: {
      'astro:config:setup': ({ command, config, logger }) => {
        root = fileURLToPath(config.root);
        if (command === 'build') refuse(checkCourse(root), logger);
      },
      'astro:server:setup': ({ server, logger }) => {
        watch(root, server, logger);
        reportLateSaves(server.watcher);
      },
    },
  };
}

/** Prints every mistake and stops the build. */
function refuse(mistakes: readonly Mistake[], logger: AstroIntegrationLogger): void {
  if (mistakes.length === 0) return;
  logger.error(`The content has mistakes.\n\n${formatMistakes(mistakes)}\n`);
  const stop = new Error('The build stopped: correct what is listed above, and build again.');
  // The stack trace does not help an author, and would push the list out of sight.
  stop.stack = '';
  throw stop;
}

function watch(root: string, server: ViteDevServer, logger: AstroIntegrationLogger): void {
  let shown: readonly Mistake[] = [];
  let timer: NodeJS.Timeout | undefined;
  const overlay = (): void => {
    const [first] = shown;
    if (first !== undefined)
      server.ws.send({ type: 'error', err: overlayError(root, shown, first) });
  };
  const check = (): void => {
    const before = shown.length;
    shown = checkCourse(root);
    if (shown.length > 0) {
      logger.error(`The content has mistakes.\n\n${formatMistakes(shown)}\n`);
      overlay();
    } else if (before > 0) {
      logger.info('The content is right again.');
      server.ws.send({ type: 'full-reload' });
    }
  };
  server.watcher.on('all', (_event, file) => {
    if (!WATCHED.test(file.replaceAll('\\', '/'))) return;
    clearTimeout(timer);
    timer = setTimeout(check, SETTLE_MS);
  });
  server.ws.on('connection', overlay);
  server.httpServer?.once('listening', check);
  server.httpServer?.once('close', () => clearTimeout(timer));
}

function overlayError(root: string, mistakes: readonly Mistake[], first: Mistake): OverlayError {
  const { file, line, column } = first;
  const message = mistakes.map(formatMistake).join('\n\n');
  const loc = { file: join(root, file), line, column };
  return { title: 'The content has mistakes', message, stack: '', plugin: 'authoring', loc };
}

/** What Vite's overlay shows. */
interface OverlayError {
  title: string;
  message: string;
  stack: string;
  plugin: string;
  loc: { file: string; line: number; column: number };
}
