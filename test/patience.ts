/** A busy machine is slow to load a module: `vi.waitFor` gives up late, and ends as soon as it may. */

import { vi } from 'vitest';

const TIMEOUT_MS = 10_000;
const { waitFor } = vi;

vi.waitFor = (callback, options = TIMEOUT_MS) => waitFor(callback, options);
