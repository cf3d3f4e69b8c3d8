import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import {
  answers,
  handedIn,
  type CheckedLab,
  type NamedCall,
  type NamedResult,
} from '#faas/labs/checked-lab.ts';
import type { HandedScript } from '#faas/labs/entry-calls.ts';

const save = handedIn('save');

/** Stands in many places of a call. */
const SECRET = 'open-sesame';

const ENTRY = '{"name": "Ada", "text": "Hello"}';

/** A call of the guestbook. */
function to(path: string, { body = ENTRY, headers = {}, query = '' } = {}): NamedCall {
  return ['handle', { method: 'POST', path, query, headers, body }, save];
}

/** The same call with one field more. */
function withMore([entry, call, ...others]: NamedCall): NamedCall {
  return [entry, { ...(call as object), session: SECRET }, ...others];
}

/** The store fails with this. */
function failing(error: string): { save: HandedScript } {
  return { save: [{ error }] };
}

/** What one call came to: its answer, and the fields of its one line. */
interface Logged {
  readonly answer: Record<string, unknown>;
  readonly fields: Record<string, unknown>;
  /** As it was printed. */
  readonly line: string;
}

/**
 * Makes one call, and reads the one line that it must have printed.
 * @param when said after what was looked at: `, when sign throws a text`
 */
async function logged(
  lab: CheckedLab,
  call: NamedCall,
  handed: Record<string, HandedScript> = {},
  when = '',
): Promise<Logged> {
  const before = lab.logs.length;
  const result = await lab.run(call, { handed });
  const lines = lab.logs.slice(before);
  const [line = ''] = lines;
  if (lines.length === 0) {
    const threw = result.error === null ? '' : `, and handle threw ${result.error}`;
    lab.fail(`the lines of this call${when}`, 'one', `none${threw}`);
  }
  if (lines.length > 1) {
    const one = 'one, since whoever counts lines would count this call more than once';
    lab.fail(`the lines of this call${when}`, one, oneByOne(lines));
  }
  return { answer: answered(lab, result), fields: fieldsOf(lab, line), line };
}

/** The first lines, each cut. */
function oneByOne(lines: readonly string[]): string {
  const shown = lines.slice(0, 3).map((line) => line.slice(0, 120));
  return `${lines.length}: ${shown.join(' ↵ ')}`;
}

function fieldsOf(lab: CheckedLab, line: string): Record<string, unknown> {
  let fields: unknown = null;
  try {
    fields = JSON.parse(line);
  } catch {
    // Told below.
  }
  if (typeof fields === 'object' && fields !== null) return fields as Record<string, unknown>;
  return lab.fail('the line', 'a JSON object, and nothing before it', line.slice(0, 200));
}

/** The answer, which must have an id. */
function answered(lab: CheckedLab, { value, error }: NamedResult): Record<string, unknown> {
  if (error !== null) lab.fail('the answer', 'a status and an id', `it threw ${error}`);
  const answer = (value ?? {}) as Record<string, unknown>;
  if (typeof answer['id'] !== 'string' || answer['id'] === '')
    lab.fail(
      'the id in the answer',
      'a text that is not empty',
      JSON.stringify(answer['id'] ?? null),
    );
  return answer;
}

/** The same status in answer and line, and the same id. */
function agree(lab: CheckedLab, { answer, fields }: Logged, status: number): void {
  lab.same(answer['status'], status, { what: 'the status of the answer' });
  lab.same(fields['status'], status, { what: 'the status in the line' });
  lab.same(fields['id'], answer['id'], { what: 'the id in the line, beside that of the answer' });
}

function isTime(ms: unknown): boolean {
  return typeof ms === 'number' && ms >= 0 && ms < 60_000;
}

/** The kind of an error: a text. */
function hasKind(lab: CheckedLab, { fields }: Logged): void {
  if (typeof fields['error'] !== 'string')
    lab.fail('error in the line', 'a text', JSON.stringify(fields['error'] ?? null));
}

export default [
  firstLight('prints a line of JSON that says how a call ended', async (lab) => {
    const { fields } = await logged(lab, to('/api/guestbook'));
    lab.same(fields['status'], 201, { what: 'the status in the line' });
  }),

  contract('prints one line a call, with its id, method, path, status and ms', async (lab) => {
    for (const [path, body, status] of [
      ['/api/guestbook', ENTRY, 201],
      ['/api/guestbook/more', '{"name": "Bea", "text": ""}', 400],
    ] as const) {
      const came = await logged(lab, to(path, { body }));
      agree(lab, came, status);
      lab.same(came.fields['method'], 'POST', { what: 'the method in the line' });
      lab.same(came.fields['path'], path, { what: 'the path in the line' });
      if (!isTime(came.fields['ms']))
        lab.fail('ms in the line', 'a number', JSON.stringify(came.fields['ms'] ?? null));
    }
  }),

  contract('prints its line also when the guestbook throws, and answers 500', async (lab) => {
    const down = await logged(lab, to('/api/guestbook'), failing('is down'));
    agree(lab, down, 500);
    lab.same(down.fields['error'], 'StoreError', { what: 'error in the line' });
    const noJson = await logged(lab, to('/api/guestbook', { body: 'hello' }));
    agree(lab, noJson, 500);
    lab.same(noJson.fields['error'], 'SyntaxError', { what: 'error in the line' });
  }),

  contract('prints one line of JSON whatever is in the path', async (lab) => {
    for (const path of ['/api/a\nb', '/api/"quoted"', '/api/"}\n{"status": 200, "id": "forged"}']) {
      const { fields } = await logged(lab, to(path));
      lab.same(fields['path'], path, { what: 'the path in the line' });
    }
  }),

  contract('prints no secret, wherever it stands', async (lab) => {
    const places: [string, NamedCall, boolean][] = [
      ['the header authorization', to('/a', { headers: { authorization: SECRET } }), false],
      ['the header cookie', to('/a', { headers: { cookie: `session=${SECRET}` } }), false],
      ['a header that nobody named', to('/a', { headers: { 'x-api-key': SECRET } }), false],
      ['the query', to('/a', { query: `?token=${SECRET}` }), false],
      ['the query', to('/a', { query: `?q=${SECRET}` }), false],
      ['the error’s message or its cause', to('/a'), true],
      ['the text in the body', to('/a', { body: `{"name": "Ada", "text": "${SECRET}"}` }), false],
      ['the name in the body', to('/a', { body: `{"name": "${SECRET}", "text": "Hi"}` }), false],
      ['a field that you did not list', withMore(to('/a')), false],
    ];
    for (const [place, call, fails] of places) {
      const { line, answer } = await logged(lab, call, fails ? failing('is down') : {});
      if (line.includes(SECRET)) lab.fail('the line', `nothing from ${place}`, line);
      if (JSON.stringify(answer).includes(SECRET))
        lab.fail('the answer', `nothing from ${place}`, JSON.stringify(answer));
    }
  }),

  contract(
    'gives each of two calls at once a line of its own, whoever goes on first',
    async (lab) => {
      let before = lab.logs.length;
      await lab.everyOrder(
        [to('/ada'), to('/bea', { body: '{"name": "Bea", "text": "Hi"}' })],
        ({ results }) => {
          const lines = lab.logs.slice(before);
          before = lab.logs.length;
          if (lines.length !== 2) lab.fail('the lines of two calls', 'two', oneByOne(lines));
          const ids = results.map((result) => String(answered(lab, result)['id']));
          const told = lines.map((line) => fieldsOf(lab, line));
          const ofPath = (path: string): unknown =>
            told.find((line) => line['path'] === path)?.['id'];
          lab.same([ofPath('/ada'), ofPath('/bea')], ids, {
            what: 'the ids in the lines of /ada and /bea, beside those of their answers',
          });
          if (ids[0] === ids[1]) lab.fail('the ids of two calls', 'two', `twice ${ids[0]}`);
        },
      );
    },
  ),

  contract('measures with a clock that only goes forward', async (lab) => {
    for (const hours of [-1, 1]) {
      const handed = { save: answers({ clockSetByMs: hours * 3_600_000 }) };
      const { fields } = await logged(lab, to('/api/guestbook'), handed);
      const set = `while the clock is set ${hours < 0 ? 'back' : 'forward'} by an hour`;
      if (!isTime(fields['ms']))
        lab.fail(
          `ms in the line, ${set}`,
          'a number from 0 to 60,000',
          JSON.stringify(fields['ms'] ?? null),
        );
    }
  }),

  contract('times each of three calls at once by itself', async (lab) => {
    const before = lab.logs.length;
    // Ada’s begins first and ends last. Between its beginning and Bea’s, Cem’s takes five seconds.
    await lab.interleaved([to('/ada'), to('/cem'), to('/bea')], {
      handed: { save: [{ value: {} }, { value: { tookMs: 5_000 } }, { value: {} }] },
      schedule: [0, 0, 2, 0, 0, 0],
    });
    const told = lab.logs.slice(before).map((line) => fieldsOf(lab, line));
    const ms = told.find(({ path }) => path === '/ada')?.['ms'];
    if (!isTime(ms) || Number(ms) < 4_999)
      lab.fail(
        'ms of a call that saw five seconds go by',
        'at least 5000',
        JSON.stringify(ms ?? null),
      );
  }),

  edge('takes an id from outside if it looks like one, and else makes its own', async (lab) => {
    const from = (id: string): NamedCall => to('/a', { headers: { 'x-request-id': id } });
    const good = await logged(lab, from('order-4711'));
    lab.same(good.fields['id'], 'order-4711', { what: 'the id in the line' });
    lab.same(good.answer['id'], 'order-4711', { what: 'the id in the answer' });
    for (const id of ['x', 'two words', 'order_4711', 'line\nbreak', 'a'.repeat(1000)]) {
      const { fields } = await logged(lab, from(id));
      if (fields['id'] === id)
        lab.fail('the id in the line', 'one of your own', JSON.stringify(id.slice(0, 60)));
    }
  }),

  edge('survives whatever is thrown', async (lab) => {
    for (const thrown of ['nothing', 'a text', 'what cannot be read']) {
      const when = `, when sign throws ${thrown}`;
      const came = await logged(lab, to('/a'), failing(`throws ${thrown}`), when);
      agree(lab, came, 500);
      hasKind(lab, came);
      if (came.line.includes(SECRET)) lab.fail('the line', 'no secret', came.line);
    }
  }),

  edge('prints a line that is whole when the path is a megabyte long', async (lab) => {
    const call = to(`/${'a'.repeat(1_000_000)}`);
    const before = lab.logs.length;
    await lab.run(call, { handed: {} });
    const longest = Math.max(0, ...lab.logs.slice(before).map((line) => line.length));
    if (longest > 10_000) {
      const came = longest < 65_536 ? String(longest) : `${longest}, where this platform cuts it`;
      lab.fail('the length of the line', 'at most 10,000 letters', came);
    }
    const { fields } = await logged(lab, call);
    lab.same(fields['status'], 201, { what: 'the status in the line' });
  }),

  edge('escapes what other programs take for a line end', async (lab) => {
    const path = '/a\u2028b\u2029c\u0085d';
    const { fields, line } = await logged(lab, to(path));
    lab.same(fields['path'], path, { what: 'the path in the line' });
    if (/[\u2028\u2029\u0085]/.test(line))
      lab.fail('the line', 'U+2028, U+2029 and U+0085 as \\u….', JSON.stringify(line));
  }),
];
