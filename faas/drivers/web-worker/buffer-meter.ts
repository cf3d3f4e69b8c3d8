/**
 * Limits the buffers that a function in a worker holds. A page cannot set a memory limit for a worker,
 * and one that grows without end takes down the reader's machine. So buffers are counted when they are
 * made, and subtracted when they are collected; one that does not fit is not made at all. Plain objects
 * are not counted: the result is a lower bound, good enough for a limit but not for a bill.
 */

/** Smaller buffers are not counted: that would cost more than it shows. In bytes. */
const SMALLEST_COUNTED = 65_536;

const VIEWS = [
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

/**
 * @param mostBytes that may be held
 * @param onOver called when more is asked for, or has been made
 */
export function meterBuffers(mostBytes: number, onOver: () => void): void {
  let held = 0;
  const collected = new FinalizationRegistry<number>((bytes) => {
    held -= bytes;
  });

  /** @throws RangeError, as an engine does that has no more memory */
  function mustFit(bytes: number): void {
    if (bytes < SMALLEST_COUNTED || held + bytes <= mostBytes) return;
    onOver();
    throw new RangeError('Array buffer allocation failed');
  }

  function count(made: ArrayBufferLike): void {
    // One that can grow may do so without being seen.
    const bytes = made instanceof ArrayBuffer ? made.maxByteLength : made.byteLength;
    if (bytes < SMALLEST_COUNTED) return;
    held += bytes;
    collected.register(made, bytes);
    if (held > mostBytes) onOver();
  }

  for (const name of ['ArrayBuffer', ...VIEWS] as const) {
    const original = globalThis[name];
    const metered: typeof original = new Proxy(original, {
      construct(target, given: unknown[], asked) {
        mustFit(bytesAsked(target, given));
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

/** Known beforehand where a size is given, else 0: what is made of a list is counted once it is there. */
function bytesAsked(
  type: ArrayBufferConstructor | { readonly BYTES_PER_ELEMENT: number },
  [size, options]: readonly unknown[],
): number {
  if (typeof size !== 'number') return 0;
  if ('BYTES_PER_ELEMENT' in type) return size * type.BYTES_PER_ELEMENT;
  const { maxByteLength = 0 } = (options ?? {}) as { readonly maxByteLength?: unknown };
  return typeof maxByteLength === 'number' ? Math.max(size, maxByteLength) : size;
}
