import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import { handedIn, type NamedCall, type NamedOptions } from '#faas/labs/checked-lab.ts';
import { KILLED, type Outside } from '#faas/labs/shared-world.ts';
import { SmallDatabase, type EntryRow } from './small-database.ts';

const sql = handedIn('sql');

/** The database that Run hands in, a new one each time. */
export function outside(): Outside {
  return new SmallDatabase().answer;
}

/** A post of Ada's, if not told otherwise. */
function post(id: string, text: string, user = 'ada'): NamedCall {
  return ['post', { id, text }, user, sql];
}

function row(id: string, text: string, owner = 'ada'): EntryRow {
  return { id, owner, text };
}

/** A database, and how a call comes to it. */
function opened(): { database: SmallDatabase; options: Pick<NamedOptions, 'outside'> } {
  const database = new SmallDatabase();
  return { database, options: { outside: () => database.answer } };
}

/** The same on every machine: an order in which fifty calls get on at different speeds. */
function mixed(seed: number): number[] {
  let state = seed;
  return Array.from({ length: 400 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % 50;
  });
}

const DROPS = "bye'); drop table entries; --";

export default [
  firstLight('counts the first post, and keeps its entry', async (lab) => {
    const { database, options } = opened();
    const { value } = await lab.run(post('a1', 'hello'), options);
    lab.same(value, 1, { what: 'the number of posts' });
    lab.same(database.entries, [row('a1', 'hello')], { what: 'the rows of entries' });
    lab.same(database.posts, 1, { what: 'what the row of book says' });
  }),

  contract('counts two posts at once on two instances, whoever goes on first', async (lab) => {
    let database = new SmallDatabase();
    const fresh = (): Outside => (database = new SmallDatabase()).answer;
    const calls = [post('a1', 'hello'), post('b1', 'hi', 'bea')];
    await lab.everyOrder(
      calls,
      ({ results }) => {
        const counts = results.map(({ value }) => Number(value));
        lab.same(Math.max(...counts), 2, { what: 'the larger of the two answers' });
        const both = [row('a1', 'hello'), row('b1', 'hi', 'bea')];
        lab.same(database.entries, both, { what: 'the rows of entries' });
      },
      { outside: fresh, instances: 2 },
    );
  }),

  contract('counts fifty posts at once on five instances', async (lab) => {
    const { database, options } = opened();
    const fifty = Array.from({ length: 50 }, (_, n) => post(`p${n}`, `post ${n}`));
    await lab.interleaved(fifty, { ...options, instances: 5, schedule: mixed(7) });
    lab.same(database.entries?.length, 50, { what: 'how many rows entries has' });
    const { value } = await lab.run(post('last', 'one more'), options);
    lab.same(value, 51, { what: 'the number of posts after fifty and one more' });
    lab.same(database.posts, 51, { what: 'what the row of book says' });
  }),

  contract('keeps every text as it was written', async (lab) => {
    const { database, options } = opened();
    const texts = ["It's me", DROPS, 'two\nlines, $1 and 🎉'];
    for (const [n, text] of texts.entries()) {
      const { value } = await lab.run(post(`t${n}`, text), options);
      lab.same(value, n + 1, { what: 'the number of posts' });
    }
    const rows = texts.map((text, n) => row(`t${n}`, text));
    lab.same(database.entries, rows, { what: 'the rows of entries' });
    // Each value comes from outside: the name from whoever signed up, the id from the browser.
    await lab.run(post("u'1", 'hello', "o'brien"), options);
    const all = [...rows, row("u'1", 'hello', "o'brien")];
    lab.same(database.entries, all, { what: 'the rows of entries' });
  }),

  contract('counts two posts with the same text as two', async (lab) => {
    const { database, options } = opened();
    await lab.run(post('a1', 'me too'), options);
    const { value } = await lab.run(post('a2', 'me too'), options);
    lab.same(value, 2, { what: 'the number of posts' });
    lab.same(database.entries?.length, 2, { what: 'how many rows entries has' });
  }),

  contract('counts a post once when its instance is killed and it is sent again', async (lab) => {
    // Killed after its first statement, then after its second, and so on; an instance may remember ids.
    for (let dies = 1; dies <= 10; dies += 1) {
      const { database, options } = opened();
      const id = `a${dies}`;
      const first = await lab.run(post(id, 'hello'), { ...options, dies });
      if (first.error !== KILLED) {
        if (dies === 1) lab.fail('the first call', 'a statement', 'it asked the database nothing');
        return;
      }
      const again = await lab.run(post(id, 'hello'), options);
      const detail = `The instance was killed when the database had done ${dies} of its statements.`;
      lab.same(again.value, 1, { what: 'the answer to the second try', detail });
      lab.same(database.posts, 1, { what: 'what the row of book says', detail });
      lab.same(database.entries, [row(id, 'hello')], { what: 'the rows of entries', detail });
      const next = await lab.run(post(`b${dies}`, 'hi', 'bea'), options);
      lab.same(next.value, 2, { what: 'the answer to the post after it', detail });
    }
  }),

  edge('counts one post that comes twice at the same moment as one', async (lab) => {
    let database = new SmallDatabase();
    const fresh = (): Outside => (database = new SmallDatabase()).answer;
    const twice = [post('a1', 'hello'), post('a1', 'hello')];
    await lab.everyOrder(
      twice,
      ({ results }) => {
        const answers = results.map(({ value }) => value);
        lab.same(answers, [1, 1], { what: 'the two answers' });
        lab.same(database.entries, [row('a1', 'hello')], { what: 'the rows of entries' });
      },
      { outside: fresh, instances: 2 },
    );
  }),

  edge('lets nobody but its owner change an entry', async (lab) => {
    const { database, options } = opened();
    await lab.run(post('a1', 'hello'), options);
    const change = (text: string, user: string): NamedCall => [
      'change',
      { id: 'a1', text },
      user,
      sql,
    ];
    const foreign = await lab.run(change('I am a fool', 'bea'), options);
    lab.same(database.entries, [row('a1', 'hello')], { what: 'the rows after Bea’s try' });
    lab.same(foreign.value, false, { what: 'the answer to Bea' });
    const own = await lab.run(change('hello again', 'ada'), options);
    lab.same(own.value, true, { what: 'the answer to Ada' });
    lab.same(database.entries, [row('a1', 'hello again')], { what: 'the rows after Ada’s' });
  }),
];
