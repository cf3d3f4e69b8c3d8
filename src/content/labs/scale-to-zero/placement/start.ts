/** Says where a call goes: onto an instance (its id), "start" for a new one, or "wait". */

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
  console.log(`${ready.length} of ${pool.instances.length} instances are ready`);

  return 'wait';
}
