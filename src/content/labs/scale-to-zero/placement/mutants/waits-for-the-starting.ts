/** Waits while an instance starts. */

interface Instance {
  id: string;
  state: 'starting' | 'ready';
  calls: number;
  idleForMs: number;
}

interface Pool {
  /** Most calls that one instance takes at once. */
  perInstance: number;
  /** Most instances that there may be, those that are starting included. */
  most: number;
  instances: Instance[];
}

export function place(pool: Pool): string {
  const ready = pool.instances.filter((instance) => instance.state === 'ready');
  const open = ready.filter(({ calls }) => calls > 0 && calls < pool.perInstance);
  const idle = ready.filter(({ calls }) => calls === 0);
  const fullest = open.reduce<Instance | null>((a, b) => (a && a.calls >= b.calls ? a : b), null);
  if (fullest) return fullest.id;
  const newest = idle.reduce<Instance | null>(
    (a, b) => (a && a.idleForMs <= b.idleForMs ? a : b),
    null,
  );
  if (newest) return newest.id;
  if (ready.length < pool.instances.length) return 'wait';
  if (pool.instances.length < pool.most) return 'start';
  return 'wait';
}
