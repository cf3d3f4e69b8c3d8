/** A worker that simulates one job after another and reports the progress of each. */

import { simulateInSlices } from '#faas/simulation/scenario.ts';
import type { SimulationJob, SimulationMessage } from './job.ts';

/** So that a reader sees it move, and the messages do not slow it down. */
const SLICE_REQUESTS = 50_000;

function tell(message: SimulationMessage): void {
  self.postMessage(message);
}

self.addEventListener('message', ({ data: { scenario, bins } }: MessageEvent<SimulationJob>) => {
  simulateInSlices(scenario, bins, {
    sliceRequests: SLICE_REQUESTS,
    onProgress: (share) => tell({ is: 'progress', share }),
  }).then(
    (course) => tell({ is: 'course', course }),
    (error: unknown) => tell({ is: 'failed', text: String(error) }),
  );
});
