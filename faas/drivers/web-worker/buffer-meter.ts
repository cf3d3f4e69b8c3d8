/**
 * What a function in a worker holds in buffers. A browser sets no limit that a page could choose,
 * and a worker that grows without end takes the reader's machine with it. So buffers are counted as
 * they are made, and no longer when they have been collected. Plain objects are not seen: what is
 * counted is a lower bound, good enough for a limit and not for a receipt.
 */

/** Smaller ones are not worth their bookkeeping. In bytes. */
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

/** @param onHeld told, in bytes, whenever more is held than a moment ago */
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
        // A view of a buffer that is there already holds nothing of its own.
        if (made instanceof ArrayBuffer) count(made);
        else if (ArrayBuffer.isView(made) && made.buffer !== given[0]) count(made.buffer);
        return made as object;
      },
    });
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: metered });
    // What `slice` and `map` make is counted too: they ask the prototype what to make.
    Object.defineProperty(original.prototype, 'constructor', {
      configurable: true,
      writable: true,
      value: metered,
    });
  }
}
