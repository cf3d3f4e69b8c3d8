/** What a lab imports from an earlier one: the engine puts that lab's file beside it. */

declare module '*/bill.ts' {
  interface Usage {
    readonly calls: number;
    readonly msPerCall: number;
    readonly memoryMb: number;
  }

  interface Prices {
    readonly perMillionCalls: number;
    readonly perGbSecond: number;
    readonly roundUpToMs: number;
    readonly freeCalls: number;
    readonly freeGbSeconds: number;
  }

  /** In dollars. */
  export function bill(
    usage: Usage,
    prices: Prices,
  ): { readonly requests: number; readonly compute: number; readonly total: number };
}

declare module '*/allow.ts' {
  /** @param now in ms */
  export function allow(key: string, now: number): boolean;
}

declare module '*/guestbook.ts' {
  interface Post {
    readonly id: string;
    readonly text: string;
  }

  /** How many posts there are now. */
  export function post(
    entry: Post,
    user: string,
    sql: (statement: string, values?: unknown[]) => Promise<{ posts?: number; id?: string }[]>,
  ): Promise<number>;
}

declare module '*/consumer.ts' {
  interface Delivered {
    readonly id: string;
    readonly source: string;
    readonly customer: string;
  }

  export function addPoints(
    message: Delivered,
    begin: () => Promise<void>,
    remember: (source: string, id: string) => Promise<boolean>,
    act: (customer: string) => Promise<void>,
    commit: () => Promise<void>,
    done: () => Promise<void>,
  ): Promise<void>;
}
