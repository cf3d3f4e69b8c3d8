/**
 * Max-heap by `serial`. Members carry their index, so insertion, removal from anywhere and taking
 * the newest are O(log n) without allocation.
 */

/** What a heap member carries. */
export interface Ranked {
  /** Unique; greater is newer. */
  readonly serial: number;
  /** Its index in the heap, or -1 when in none. Only the heap writes it. */
  rank: number;
}

/** An indexed max-heap by `serial`. */
export class NewestFirst<T extends Ranked> {
  /** No member is newer than its parent. */
  readonly #heap: T[] = [];

  get length(): number {
    return this.#heap.length;
  }

  get newest(): T | null {
    return this.#heap[0] ?? null;
  }

  /** The member must not be in a heap. */
  add(member: T): void {
    this.#heap.push(member);
    this.#rise(member, this.#heap.length - 1);
  }

  /** The member must be in this heap. */
  remove(member: T): void {
    const { rank } = member;
    const last = this.#heap.pop();
    member.rank = -1;
    if (last === undefined || last === member) return;
    this.#sink(last, rank);
    this.#rise(last, last.rank);
  }

  #rise(member: T, from: number): void {
    let hole = from;
    while (hole > 0) {
      const parent = this.#heap[(hole - 1) >> 1] as T;
      if (parent.serial > member.serial) break;
      this.#put(parent, hole);
      hole = (hole - 1) >> 1;
    }
    this.#put(member, hole);
  }

  #sink(member: T, from: number): void {
    const heap = this.#heap;
    let hole = from;
    for (let child = 2 * hole + 1; child < heap.length; child = 2 * hole + 1) {
      let newer = heap[child] as T;
      const other = heap[child + 1];
      if (other !== undefined && other.serial > newer.serial) {
        newer = other;
        child++;
      }
      if (newer.serial < member.serial) break;
      this.#put(newer, hole);
      hole = child;
    }
    this.#put(member, hole);
  }

  #put(member: T, rank: number): void {
    this.#heap[rank] = member;
    member.rank = rank;
  }
}
