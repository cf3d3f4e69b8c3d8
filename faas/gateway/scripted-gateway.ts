/** For tests: a gateway on a real socket, before a platform that answers as it is told. */

import { once } from 'node:events';
import { connect } from 'node:net';
import type { RequestMessage, ResponseMessage } from '../drivers/protocol.ts';
import { EventLog } from './event-log.ts';
import { Gateway, type Functions, type Site } from './gateway.ts';
import { listen, type RunningServer } from './server.ts';

type Answer = (
  request: RequestMessage,
  signal: AbortSignal,
) => Promise<ResponseMessage> | ResponseMessage;

/** A platform that keeps what it was asked. */
class Script implements Functions {
  readonly functions = [];
  asked: { request: RequestMessage; signal: AbortSignal }[] = [];
  answer: Answer = () => ok('fine');

  async handle(request: RequestMessage, signal: AbortSignal): Promise<ResponseMessage> {
    this.asked.push({ request, signal });
    return this.answer(request, signal);
  }

  instances() {
    return [];
  }
}

export function ok(text: string): ResponseMessage {
  return { status: 200, headers: [['content-type', 'text/plain']], body: Buffer.from(text) };
}

/** Refuses all methods but these, as a platform does. */
export function refusing(allow: string): Answer {
  return ({ method }) =>
    allow.includes(method)
      ? ok(`by ${method}`)
      : { status: 405, headers: [['allow', allow]], body: null };
}

export class ScriptedGateway {
  readonly platform: Script;
  /** Of the gateway's own code. */
  readonly errors: unknown[];
  readonly server: RunningServer;

  private constructor(platform: Script, errors: unknown[], server: RunningServer) {
    this.platform = platform;
    this.errors = errors;
    this.server = server;
  }

  /** It answers for `course.test` too. */
  static async start(
    site: Site = (_request, response) => response.end('the site'),
    port = 0,
  ): Promise<ScriptedGateway> {
    const platform = new Script();
    const errors: unknown[] = [];
    const gateway = new Gateway({
      platform,
      log: new EventLog(),
      site,
      allowedHosts: ['course.test'],
      onError: (error) => errors.push(error),
    });
    return new ScriptedGateway(platform, errors, await listen(gateway, '127.0.0.1', port));
  }

  get port(): number {
    return Number(new URL(this.server.origin).port);
  }

  /** As at the start: nothing asked, nothing scripted. */
  reset(): void {
    this.platform.asked = [];
    this.platform.answer = () => ok('fine');
    this.errors.length = 0;
  }

  get(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.server.origin + path, init);
  }

  /** What `fetch` would tidy up first: bytes as they are, answered by bytes as they are. */
  async raw(bytes: string): Promise<string> {
    const socket = connect(this.port, '127.0.0.1');
    socket.write(bytes);
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    await once(socket, 'close');
    return text;
  }
}
