import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import type { HookParameters } from 'astro';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import authoring from './integration.ts';
import { broken, sampleRoot, useSampleCourse } from './fixtures/sample-course.ts';

useSampleCourse();
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Setup = HookParameters<'astro:config:setup'>;
type Serve = HookParameters<'astro:server:setup'>;

const logged: string[] = [];
const logger = {
  error: (text: string) => logged.push(text),
  info: (text: string) => logged.push(text),
} as unknown as Setup['logger'];

/** The integration as Astro sets it up for `astro build` or `astro dev`. */
function setUp(command: 'build' | 'dev'): ReturnType<typeof authoring> {
  logged.length = 0;
  const integration = authoring();
  const config = { root: pathToFileURL(`${sampleRoot()}/`) } as unknown as Setup['config'];
  void integration.hooks['astro:config:setup']?.({ command, config, logger } as unknown as Setup);
  return integration;
}

const breakCourse = (): void => broken('T01-01', 'T01-09');
const mendCourse = (): void => broken('T01-01', 'T01-01');

describe('a build', () => {
  it('goes on when the content is right', () => {
    expect(() => setUp('build')).not.toThrow();
    expect(logged).toEqual([]);
  });

  it('stops with every mistake listed, and without a stack trace', () => {
    breakCourse();
    expect(() => setUp('build')).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^The build stopped/), stack: '' }),
    );
    expect(logged[0]).toMatch(/No fact has the id "T01-09"\..*1 mistake in 1 file\./s);
  });
});

describe('the dev server', () => {
  /** As Vite's server, as far as the integration uses it. */
  function serve() {
    const integration = setUp('dev');
    const sent: {
      type: string;
      err?: { title: string; message: string; loc: { line: number } };
    }[] = [];
    const ws = Object.assign(new EventEmitter(), { send: (message: never) => sent.push(message) });
    const watcher = new EventEmitter();
    const httpServer = new EventEmitter();
    const server = { ws, watcher, httpServer } as unknown as Serve['server'];
    void integration.hooks['astro:server:setup']?.({ server, logger } as unknown as Serve);
    const save = (file: string): void => {
      watcher.emit('all', 'change', `${sampleRoot()}/${file}`);
      vi.runAllTimers();
    };
    return { sent, ws, httpServer, save };
  }

  it('checks when it listens, and shows the mistakes to every page that opens', () => {
    breakCourse();
    const { sent, ws, httpServer } = serve();
    httpServer.emit('listening');
    ws.emit('connection');
    expect(sent.map(({ type }) => type)).toEqual(['error', 'error']);
    expect(sent[1]?.err).toMatchObject({ title: 'The content has mistakes', loc: { line: 20 } });
    expect(logged[0]).toContain('No fact has the id "T01-09".');
  });

  it('checks on each save, and takes the overlay away when all is right again', () => {
    const { sent, save } = serve();
    breakCourse();
    save('src/content/lessons/01-one.mdx');
    expect(sent.at(-1)?.type).toBe('error');
    mendCourse();
    save('src/content/lessons/01-one.mdx');
    expect(sent.at(-1)?.type).toBe('full-reload');
    expect(logged.at(-1)).toBe('The content is right again.');
  });

  it('does not check for files that no lesson depends on', () => {
    const { sent, save } = serve();
    breakCourse();
    save('README.md');
    expect(sent).toEqual([]);
  });
});
