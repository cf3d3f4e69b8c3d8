/** Takes out of the text what is dangerous. */

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

/** Somebody has pressed Send. Answers how many posts there are now. */
export async function post(entry: Entry, user: string, sql: Sql): Promise<number> {
  const text = entry.text.replaceAll(/[';]/g, '');
  const [book] = await sql(
    `with fresh as (
       insert into entries (id, owner, text) values ($1, $2, $3)
       on conflict (id) do nothing
       returning id)
     update book set posts = posts + (select count(*) from fresh)
     returning posts`,
    [entry.id, user, text],
  );
  return Number(book?.posts);
}

/** Somebody corrects an entry. Answers whether its text is another one now. */
export async function change(entry: Entry, user: string, sql: Sql): Promise<boolean> {
  const changed = await sql(
    'update entries set text = $1 where id = $2 and owner = $3 returning id',
    [entry.text, entry.id, user],
  );
  return changed.length === 1;
}
