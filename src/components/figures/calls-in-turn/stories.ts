/** What is called at the front door, in which order, and what is said of it. Each is made for real. */

import { IDENTITY_HEADERS } from '#faas/api.ts';
import type { CallInTurn, CallStory } from './setup.ts';
import { ORDER_PLACED } from './order-story.ts';
import { UNDO_FIRST } from './undo-story.ts';
import { SIGNED_UPLOAD } from './upload-story.ts';

/** The page that calls, and is not let in. */
const ELSEWHERE = 'https://elsewhere.example';
const JSON_BODY = { 'content-type': 'application/json' };

/** Who has not signed in. */
const NOBODY = 'nobody';

/** What the door and the function of `/api/orders/[id]` say by a status. */
const ORDER_ANSWERS: Readonly<Record<number, string>> & {
  readonly 403: string;
  readonly 404: string;
} = {
  200: 'The door lets the call in. The function asks once more whose order it is, in the row itself, and it is theirs.',
  401: 'Nothing proves who asks, so it is 401, at the door.',
  403: 'It is known who she is, and no line grants her this order: 403, still at the door.',
  404: 'The door lets her in. The function asks for the row of this order that is hers, and there is none: 404, by the row.',
};

/** Not shown: the caller gets a cookie. */
function signIn(by: string): CallInTurn {
  return {
    by,
    method: 'POST',
    address: '/api/session',
    headers: JSON_BODY,
    body: JSON.stringify({ user: by.toLowerCase() }),
    unseen: true,
    signsIn: true,
    status: 200,
    asked: `${by} signs in.`,
    answered: 'A cookie comes back.',
  };
}

/** Not shown: the browser has no cookie afterwards, whoever was signed in before. */
function signOut(by: string): CallInTurn {
  return {
    by,
    method: 'DELETE',
    address: '/api/session',
    unseen: true,
    status: 204,
    asked: `${by} is not signed in.`,
    answered: 'Whatever cookie there was is gone.',
  };
}

/** A number in a body, by its name: 2 of `{"saved":2}`. */
function numberIn(body: string | undefined, name: string): number {
  const value = (JSON.parse(body ?? '{}') as Record<string, unknown>)[name];
  return typeof value === 'number' ? value : NaN;
}

const CROSS_ORIGIN: CallStory = {
  title: 'Two calls from another origin',
  function: '/api/visits',
  // A browser writes `Origin` itself.
  recordedOnly: true,
  holds: ([first, , last]) => numberIn(last, 'visits') === numberIn(first, 'visits') + 1,
  calls: [
    {
      by: 'The browser, for a script of elsewhere.example',
      address: '/api/visits',
      headers: { origin: ELSEWHERE },
      shown: ['content-type', 'access-control-allow-origin'],
      status: 200,
      asked:
        'A plain GET. Any page can make a browser send this, so it is sent without asking. The browser adds where it comes from.',
      answered:
        'The function ran, and has counted this visit. The answer names no origin that may read it, so the browser keeps it from the script.',
    },
    {
      by: 'The browser, by itself',
      method: 'OPTIONS',
      address: '/api/visits',
      headers: {
        origin: ELSEWHERE,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
      shown: ['content-type', 'access-control-allow-origin'],
      status: 403,
      asked:
        'The script wants to send JSON by POST. No form could send that, so the browser asks first: may a page of this origin do it?',
      answered:
        'The door says no, by itself. The browser does not send the POST, and tells the script the same as before.',
    },
    {
      by: 'We, from the same origin',
      address: '/api/visits',
      status: 200,
      asked: 'We look at the server: how many visits have there been by now?',
      answered: 'One more, and this is it. The POST never came.',
    },
  ],
};

const SHARED_CACHE: CallStory = {
  title: 'Two users, one key',
  function: '/api/cached',
  holds: ([, first, , second]) => first === second,
  calls: [
    signIn('Ada'),
    {
      by: 'Ada',
      address: '/api/cached',
      from: ownAddress,
      shown: ['cache-status'],
      status: 200,
      asked: 'Ada has signed in, and her browser sends her cookie along.',
      answered: 'The function greets her. The door keeps the answer, under the address.',
    },
    signIn('Grace'),
    {
      by: 'Grace',
      address: '/api/cached',
      from: ownAddress,
      shown: ['cache-status', 'age'],
      status: 200,
      asked: 'Grace asks the same address, with her own cookie.',
      answered:
        'The door has an answer under this address, and gives it. The function does not run.',
    },
  ],
};

/** What the door remembers of one run is none of the next one's business. */
function ownAddress(_bodies: readonly string[], run: number): { address?: string } {
  return run === 0 ? {} : { address: `/api/cached?run=${run}` };
}

const TOO_LATE: CallStory = {
  title: 'Two entries, both too late',
  function: '/api/late',
  holds: ([, before, ...rest]) => numberIn(rest.at(-1), 'saved') === numberIn(before, 'saved') + 2,
  calls: [
    {
      by: 'The caller',
      address: '/api/late',
      unseen: true,
      // The door waits for a second, and on a busy machine a start alone may take longer.
      status: null,
      asked: 'A call that starts the instance.',
      answered: 'It is there, whatever was answered.',
    },
    {
      by: 'The caller',
      address: '/api/late',
      status: 200,
      asked: 'How many entries are saved, before anything is posted?',
      answered: 'So many. This instance counts them in its memory.',
    },
    {
      by: 'The caller',
      method: 'POST',
      address: '/api/late',
      status: 504,
      asked: 'An entry is posted. Saving it takes a second and a half.',
      answered: 'After a second the door answers that it has waited long enough.',
    },
    {
      by: 'The caller, a second later',
      method: 'POST',
      address: '/api/late',
      afterMs: 1000,
      status: 504,
      asked: 'So the caller posts it again.',
      answered: 'And gets the same.',
    },
    {
      by: 'The caller, again a second later',
      address: '/api/late',
      afterMs: 1000,
      status: 200,
      asked: 'How many entries are saved now?',
      answered: 'Two more. The door stopped waiting, and the function did not stop.',
    },
  ],
};

const CLAIMED_IDENTITY: CallStory = {
  title: 'Three ways to say who one is',
  function: '/api/orders/[id]',
  calls: [
    signOut('Somebody'),
    {
      by: 'Somebody',
      address: '/api/orders/17',
      headers: { [IDENTITY_HEADERS.user]: 'ada' },
      shown: ['www-authenticate'],
      status: 401,
      asked: 'Somebody writes the door’s own header, and says that they are Ada.',
      answered: 'The door takes that header away. What is left proves nothing, so it is 401.',
    },
    signIn('Grace'),
    {
      by: 'Grace',
      address: '/api/orders/17',
      status: 403,
      asked: 'Grace has signed in. She asks for an order of Ada’s.',
      answered: ORDER_ANSWERS[403],
    },
    signIn('Eve'),
    {
      by: 'Eve',
      address: '/api/orders/17',
      status: 404,
      asked: 'Eve is a clerk, and a line lets clerks ask for every order.',
      answered: ORDER_ANSWERS[404],
    },
  ],
  asks: {
    users: ['ada', 'grace', 'eve', NOBODY],
    addresses: ['/api/orders/17', '/api/orders/18'],
    calls: (user, address) => [
      user === NOBODY ? signOut(user) : signIn(user),
      { by: user, address, status: null, asked: `${user} asks.`, answered: 'It is answered.' },
    ],
    means: (status) => ORDER_ANSWERS[status] ?? `${status}: what stands in the answer says why.`,
  },
};

/** By the name that a lesson uses. */
export const CALL_STORIES: Readonly<Record<string, CallStory>> = {
  'cross-origin': CROSS_ORIGIN,
  'shared-cache': SHARED_CACHE,
  'too-late': TOO_LATE,
  'signed-upload': SIGNED_UPLOAD,
  'order-placed': ORDER_PLACED,
  'claimed-identity': CLAIMED_IDENTITY,
  'undo-first': UNDO_FIRST,
};
