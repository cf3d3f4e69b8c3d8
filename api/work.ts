/** Work to order: keeps a CPU busy, waits, and holds memory, each as much as the caller asks for. */

import { badRequest } from './_lib/bad-request.ts';

const LIMITS = { cpuMs: 20_000, waitMs: 20_000, memoryMb: 1_000 };

export default {
  // #region handler
  async fetch(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const asked = { cpuMs: 0, waitMs: 0, memoryMb: 0 };

    for (const knob of ['cpuMs', 'waitMs', 'memoryMb'] as const) {
      const text = query.get(knob) || '0';
      if (!(Number(text) >= 0 && Number(text) <= LIMITS[knob])) {
        return badRequest(`${knob} is a number from 0 to ${LIMITS[knob]}, not "${text}".`);
      }
      asked[knob] = Number(text);
    }

    // #region work
    const held = hold(asked.memoryMb);
    burn(asked.cpuMs);
    await wait(asked.waitMs);
    return Response.json({ ...asked, memoryMb: held.length / 1e6 });
    // #endregion
  },
  // #endregion
};

/** Memory that is asked for but never written to costs nothing: fill it. */
function hold(memoryMb: number): Uint8Array {
  return new Uint8Array(memoryMb * 1e6).fill(1);
}

/** Computes, and lets nothing else run meanwhile. */
function burn(cpuMs: number): void {
  const end = performance.now() + cpuMs;
  while (performance.now() < end);
}

/** Waits, and uses no CPU: what a function does while a database answers. */
function wait(waitMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, waitMs));
}
