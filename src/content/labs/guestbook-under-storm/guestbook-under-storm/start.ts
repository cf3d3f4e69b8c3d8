/** A guestbook of three parts, each of which you have written before. */

import { allow } from './allow.ts';
import { post } from './guestbook.ts';
import { addPoints } from './consumer.ts';

interface Entry {
  id: string; // made in the browser, the same when it is sent again
  text: string;
}
interface Message {
  id: string;
  source: string; // who sent it
  customer: string;
}
type Row = { posts?: number; id?: string };
type Sql = (statement: string, values?: unknown[]) => Promise<Row[]>;

/** How many messages were sent. */
let sent = 0;

/** Answers whether somebody may sign now. A visitor has one limit, whatever they send. */
export function door(entry: Entry, user: string, now: number): boolean {
  return allow(entry.id, now);
}

/** Keeps an entry, and sends the message that there is one. Answers how many posts there are. */
export async function sign(
  entry: Entry,
  user: string,
  sql: Sql,
  send: (message: Message) => Promise<void>,
): Promise<number> {
  const posts = await post(entry, user, sql);
  // Each message has a number of its own.
  sent += 1;
  await send({ id: String(sent), source: '/guestbook', customer: user });
  console.log(`${entry.id} is post ${posts}, and message ${sent} is sent`);
  return posts;
}

/** Ten points for whoever has signed. The shop of the house sends such messages too. */
export async function thank(
  message: Message,
  begin: () => Promise<void>,
  remember: (source: string, id: string) => Promise<boolean>,
  act: (customer: string) => Promise<void>,
  commit: () => Promise<void>,
  done: () => Promise<void>,
): Promise<void> {
  // Messages come from the guestbook.
  const ours = { ...message, source: '/guestbook' };
  console.log(`${message.id} for ${message.customer}`);
  await addPoints(ours, begin, remember, act, commit, done);
}
