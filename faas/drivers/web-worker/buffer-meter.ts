/**
 * Measures the buffers that a function in a worker holds. A page cannot set a memory limit for a
 * worker, and one that grows without end takes down the reader's machine. So buffers are counted
 * when they are made, and subtracted when they are collected. Plain objects are not counted: the
 * result is a lower bound, good enough for a limit but not for a bill.
 */

/** Smaller buffers are not counted: that would cost more than it shows. In bytes. */
const SMALLEST_COUNTED = 65_536;

const BUFFERS = [
  'ArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

/** @param onHeld called with the bytes held, each time they have grown */
export function meterBuffers(onHeld: (bytes: number) => void): void {
  let held = 0;
  const collected = new FinalizationRegistry<number>((bytes) => {
    held -= bytes;
  });

  function count(made: ArrayBufferLike): void {
    if (made.byteLength < SMALLEST_COUNTED) return;
    held += made.byteLength;
    collected.register(made, made.byteLength);
    onHeld(held);
  }

  for (const name of BUFFERS) {
    const original = globalThis[name];
    const metered: typeof original = new Proxy(original, {
      construct(target, given: unknown[], asked) {
        const made: unknown = Reflect.construct(target, given, asked === metered ? target : asked);
        // A view of an existing buffer adds no memory.
        if (made instanceof ArrayBuffer) count(made);
        else if (ArrayBuffer.isView(made) && made.buffer !== given[0]) count(made.buffer);
        return made as object;
      },
    });
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: metered });
    // `slice` and `map` use the prototype's constructor, so their results are counted too.
    Object.defineProperty(original.prototype, 'constructor', {
      configurable: true,
      writable: true,
      value: metered,
    });
  }
}
