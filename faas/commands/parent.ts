/** Detects that npm has ended, since npm does not pass on the signal that stops it. */

const LOOK_MS = 250;

/**
 * Calls `listener` once when the npm that started this process has ended. A process started in other
 * ways may outlive its parent, such as a closed shell or a service manager's helper.
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
