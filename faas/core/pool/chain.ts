/**
 * A doubly linked list whose links live in its members. Insertion at either end, removal from
 * anywhere and access to both ends are O(1) without allocation, so a pool can take a million
 * requests a second.
 */

/** The links of a member. Only the chain writes them. */
export interface ChainLink<T extends ChainLink<T>> {
  /** The one chain it is in, or null. */
  chain: Chain<T> | null;
  before: T | null;
  after: T | null;
}

/** An intrusive doubly linked list in order of joining. */
export class Chain<T extends ChainLink<T>> {
  /** The head. */
  first: T | null = null;
  /** The tail. */
  last: T | null = null;
  length = 0;

  /** Appends a member, which must be in no chain. */
  push(member: T): void {
    member.chain = this;
    member.before = this.last;
    member.after = null;
    if (this.last === null) this.first = member;
    else this.last.after = member;
    this.last = member;
    this.length++;
  }

  /** Puts a member back at the front. It must be in no chain. */
  unshift(member: T): void {
    member.chain = this;
    member.before = null;
    member.after = this.first;
    if (this.first === null) this.last = member;
    else this.first.before = member;
    this.first = member;
    this.length++;
  }

  /** Removes a member, which must be in this chain. */
  remove(member: T): void {
    if (member.before === null) this.first = member.after;
    else member.before.after = member.after;
    if (member.after === null) this.last = member.before;
    else member.after.before = member.before;
    member.chain = member.before = member.after = null;
    this.length--;
  }

  /** Removes and returns the head; null when the chain is empty. */
  shift(): T | null {
    const { first } = this;
    if (first !== null) this.remove(first);
    return first;
  }
}
