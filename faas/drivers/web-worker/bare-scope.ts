/** What a worker has and a function in a sandbox must not use: no server has it, and no meter sees it. */

const TAKEN = [
  // A worker of its own would have no limits, and could not be asked whether it is in a loop.
  'Worker',
  'SharedWorker',
  // The page's policy compiles none, but its memory could be had all the same.
  'WebAssembly',
  'OffscreenCanvas',
  'ImageData',
  'VideoFrame',
  'AudioData',
  // Past the runtime, to the sandbox's frame: all messages go over the port.
  'postMessage',
];

/** Call it before the function is loaded. */
export function bareScope(): void {
  for (const name of TAKEN) Reflect.deleteProperty(globalThis, name);
}
