/** What started this process may end without telling it: npm does, when it is asked to stop. */

const LOOK_MS = 250;

/**
 * Calls `listener` once when npm, which started this process, is gone. A process started otherwise
 * may outlive its parent: a shell that is closed, a service manager's helper.
 */
export function whenNpmIsGone(listener: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    listener();
  }, LOOK_MS);
  timer.unref();
}
