/** Lets each call of an instance wait for the one before. */

/** A row has what its statement asks for. */
interface Row {
  posts?: number;
  id?: string;
}
type Sql = (statement: string, values?: unknown[]) => Promise<Row[]>;

interface Entry {
  id: string; // made in the browser, one for each entry, the same when it is sent again
  text: string;
}

/** Ends when the call before has ended. */
let before: Promise<unknown> = Promise.resolve();

/** Somebody has pressed Send. Answers how many posts there are now. */
export async function post(entry: Entry, user: string, sql: Sql): Promise<number> {
  const mine = before.then(async () => {
    const [book] = await sql('select posts from book');
    const posts = Number(book?.posts) + 1;
    const fresh = await sql(
      `insert into entries (id, owner, text) values ($1, $2, $3)
       on conflict (id) do nothing returning id`,
      [entry.id, user, entry.text],
    );
    if (fresh.length === 0) return posts - 1;
    await sql('update book set posts = $1', [posts]);
    return posts;
  });
  before = mine.catch(() => undefined);
  return mine;
}

/** Somebody corrects an entry. Answers whether its text is another one now. */
export async function change(entry: Entry, user: string, sql: Sql): Promise<boolean> {
  const changed = await sql(
    'update entries set text = $1 where id = $2 and owner = $3 returning id',
    [entry.text, entry.id, user],
  );
  return changed.length === 1;
}
