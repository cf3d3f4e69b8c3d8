/** Compares what came with what was expected, as JSON. */

/** Whether they are equal. Of an expected object only its own keys count; a list counts as a whole. */
export function isSame(came: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(came) &&
      came.length === expected.length &&
      expected.every((item, index) => isSame(came[index], item))
    );
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof came !== 'object' || came === null || Array.isArray(came)) return false;
    const own = came as Record<string, unknown>;
    return Object.entries(expected).every(([key, value]) => isSame(own[key], value));
  }
  return came === expected;
}
