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
