/**
 * The form of `api/_platform.json`. The JSON Schema in the repository (`platform-file.schema.json`) is
 * written from it, so that an editor completes and checks the file as the platform does.
 */

import type { OptionTable } from '../core/option.ts';
import { defaultText } from '../core/option.ts';
import { jsonSchemaOf } from '../core/option-schema.ts';
import {
  BUCKET_OPTIONS,
  CACHE_OPTIONS,
  CORS_OPTIONS,
  PLAN_OPTIONS,
  TIME_LIMIT_OPTIONS,
} from '../core/rules/rule-options.ts';
import { QUEUE_OPTIONS } from '../core/queue/queue-options.ts';
import { SCHEDULE_OPTIONS } from '../core/queue/schedule.ts';

type SchemaPart = Readonly<Record<string, unknown>>;

/** An object with these fields and no others. Fields of options are required as their options are. */
function object(
  description: string,
  fields: Readonly<Record<string, SchemaPart>>,
  { options = {}, required = [] }: { options?: OptionTable; required?: readonly string[] } = {},
): SchemaPart {
  const needed = Object.entries(options).filter(([, option]) => defaultText(option) === null);
  const all = [...required, ...needed.map(([name]) => name)];
  return {
    type: 'object',
    description,
    properties: {
      ...Object.fromEntries(
        Object.entries(options).map(([name, option]) => [name, jsonSchemaOf(option)]),
      ),
      ...fields,
    },
    ...(all.length > 0 && { required: all }),
    additionalProperties: false,
  };
}

function texts(description: string, item: SchemaPart = {}): SchemaPart {
  const items = { type: 'string', minLength: 1, ...item };
  return { type: 'array', description, items, uniqueItems: true };
}

function byName(description: string, value: SchemaPart): SchemaPart {
  return { type: 'object', description, additionalProperties: value };
}

/** A header's name or a method (RFC 9110, 5.6.2). */
const TOKEN = { pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", description: 'a name without spaces' };

/** Only such as need no secret to check (RFC 7518, RFC 8037). */
const ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'PS256', 'RS256'];

const schemaReference: SchemaPart = { $ref: '#/$defs/schema' };

/** The keywords that the door checks, so that a misspelt one is noticed. */
const jsonSchema: SchemaPart = {
  type: ['object', 'boolean'],
  description: 'A JSON Schema, draft 2020-12.',
  properties: {
    $schema: { type: 'string' },
    $ref: { type: 'string' },
    $defs: { type: 'object', additionalProperties: schemaReference },
    $comment: { type: 'string' },
    title: { type: 'string' },
    description: { type: 'string' },
    default: {},
    examples: { type: 'array' },
    type: {
      type: ['string', 'array'],
      description:
        'one of null, boolean, object, array, number, integer, string, or a list of them',
      allOf: [
        {
          if: { type: 'string' },
          then: { enum: ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'] },
        },
      ],
      items: { enum: ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'] },
    },
    const: {},
    enum: { type: 'array', minItems: 1 },
    allOf: { type: 'array', items: schemaReference, minItems: 1 },
    anyOf: { type: 'array', items: schemaReference, minItems: 1 },
    oneOf: { type: 'array', items: schemaReference, minItems: 1 },
    not: schemaReference,
    if: schemaReference,
    then: schemaReference,
    else: schemaReference,
    properties: { type: 'object', additionalProperties: schemaReference },
    patternProperties: { type: 'object', additionalProperties: schemaReference },
    additionalProperties: schemaReference,
    propertyNames: schemaReference,
    required: texts('Names of the fields that must be there.'),
    minProperties: { type: 'integer', minimum: 0 },
    maxProperties: { type: 'integer', minimum: 0 },
    items: schemaReference,
    prefixItems: { type: 'array', items: schemaReference, minItems: 1 },
    contains: schemaReference,
    minItems: { type: 'integer', minimum: 0 },
    maxItems: { type: 'integer', minimum: 0 },
    uniqueItems: { type: 'boolean' },
    minLength: { type: 'integer', minimum: 0 },
    maxLength: { type: 'integer', minimum: 0 },
    pattern: { type: 'string' },
    format: { type: 'string' },
    minimum: { type: 'number' },
    maximum: { type: 'number' },
    exclusiveMinimum: { type: 'number' },
    exclusiveMaximum: { type: 'number' },
    multipleOf: { type: 'number', exclusiveMinimum: 0 },
  },
  additionalProperties: false,
};

const token = object(
  'What a bearer token must say, and the keys that prove it.',
  {
    issuer: { type: 'string', minLength: 1, description: 'Who must have made it: `iss`.' },
    audience: { type: 'string', minLength: 1, description: 'For whom it must be made: `aud`.' },
    algorithms: {
      ...texts('Algorithms that are accepted, whatever the head of the token says.'),
      items: { enum: ALGORITHMS },
      minItems: 1,
    },
    jwks: object(
      "The issuer's public keys (RFC 7517).",
      { keys: { type: 'array', minItems: 1, items: { type: 'object', required: ['kty'] } } },
      { required: ['keys'] },
    ),
  },
  { required: ['issuer', 'audience', 'algorithms', 'jwks'] },
);

const authorizer: SchemaPart = {
  ...object(
    'Who calls, and what each of them may do.',
    {
      is: {
        enum: ['session', 'bearer'],
        description: 'A signed cookie, or a token in the header Authorization.',
      },
      token,
      allow: texts(
        'Grants, one a line: who, which methods, which path. Who is a user, role:NAME, or * for anyone who is known.',
        {
          pattern: '^\\S+ [A-Z*,]+ (\\*|/\\S*)$',
          description: 'who, methods and path, such as "ada GET,PUT /api/orders/17"',
        },
      ),
    },
    { required: ['is'] },
  ),
  if: { type: 'object', properties: { is: { const: 'bearer' } }, required: ['is'] },
  then: { required: ['token'], properties: { token } },
};

const ORIGIN = {
  pattern: '^(\\*|https?://[a-z0-9.\\[\\]:-]+)$',
  description: 'an origin such as https://example.org, without a slash at its end, or *',
};

const routeRules = object('What is checked before a call reaches the function.', {
  cors: object(
    'Pages of which other origins may call. The door answers their preflights itself.',
    {
      origins: { ...texts('Their origins.', ORIGIN), minItems: 1 },
      methods: texts('Methods beyond GET, HEAD and POST that they may use.', TOKEN),
      headers: texts('Request headers beyond the safelisted ones that they may send.', TOKEN),
      exposed: texts('Answer headers beyond the safelisted ones that they may read.', TOKEN),
    },
    { options: CORS_OPTIONS, required: ['origins'] },
  ),
  keys: object('The caller must send a key, in the header x-api-key.', {
    plans: texts('Usage plans whose keys are accepted. By default all.'),
  }),
  throttle: object('One token bucket for all calls.', {}, { options: BUCKET_OPTIONS }),
  authorizer,
  validation: object('What a call must look like.', {
    body: { ...schemaReference, description: 'Schema of a JSON body.' },
    query: { ...schemaReference, description: 'Schema of the query, an object of texts.' },
  }),
  cache: object(
    'Answers that the door gives from memory (RFC 9111), and what tells two of them apart.',
    {
      query: texts('Parameters of the query that are part of the key. By default all.'),
      headers: texts('Request headers that are part of the key.', TOKEN),
      cookies: texts('Cookies that are part of the key.', TOKEN),
      user: {
        type: 'boolean',
        default: true,
        description: 'Whether the caller that the authorizer found is part of the key.',
      },
    },
    { options: CACHE_OPTIONS },
  ),
  timeLimit: object('How long the door waits.', {}, { options: TIME_LIMIT_OPTIONS }),
});

const QUEUE_NAME = {
  type: 'string',
  pattern: '^[a-z][a-z0-9-]{0,79}$',
  description: 'Name of a queue: a lower-case name such as "orders".',
};

const trigger = object('What calls the function by itself.', {
  queue: object(
    'Each message of a queue, as a CloudEvent.',
    { name: QUEUE_NAME },
    { options: QUEUE_OPTIONS, required: ['name'] },
  ),
});

const NAME_OF_REVISION = {
  type: 'string',
  pattern: '^[a-z][a-z0-9-]{0,39}$',
  description: 'a lower-case name such as "canary"',
};

const revisions = object(
  'Revisions that share the calls of a function.',
  {
    by: {
      enum: ['caller', 'call'],
      default: 'caller',
      description: 'Whether a caller stays with one revision, or each call is drawn anew.',
    },
    shares: {
      type: 'array',
      minItems: 1,
      maxItems: 5,
      description: 'The revisions. Their weights add up to 100.',
      items: object(
        'A revision, and its share.',
        {
          revision: NAME_OF_REVISION,
          weight: {
            type: 'integer',
            minimum: 0,
            maximum: 100,
            description: 'Percent of the callers, or calls.',
          },
          file: {
            type: 'string',
            pattern: '^[^\\s\\\\]+\\.(ts|js|mjs|py)$',
            description:
              'its file, from the root of the project, such as "api/_revisions/greeting.ts"',
          },
          tag: {
            ...NAME_OF_REVISION,
            description: 'What a call sends in the header Knative-Serving-Tag to get it.',
          },
        },
        { required: ['revision', 'weight'] },
      ),
    },
  },
  { required: ['shares'] },
);

const schedule = object(
  'Sends a message of the type schedule.tick at each tick.',
  { queue: QUEUE_NAME },
  { options: SCHEDULE_OPTIONS, required: ['queue'] },
);

/** The JSON Schema of `api/_platform.json`. */
export const PLATFORM_FILE_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What the platform grants its functions, and checks before it calls them',
  ...object('The file api/_platform.json.', {
    $schema: { type: 'string' },
    grants: byName(
      'What a function may use beside its own code, by route.',
      texts('Such as "store", or "call:/api/price" to call another function.', {
        pattern: '^([a-z][a-z0-9:-]*|call:/\\S+)$',
        description: 'a grant in lower case, such as "store", "store:direct" or "call:/api/price"',
      }),
    ),
    twins: byName(
      'By the route of a function: that of the one which answers other functions where the first cannot run.',
      { type: 'string', minLength: 1, description: 'a route' },
    ),
    plans: byName(
      'Usage plans by name.',
      object('Rate, burst and quota of each of its keys.', {}, { options: PLAN_OPTIONS }),
    ),
    keys: byName(
      'Keys by the name of their holder.',
      object(
        'A key, and its plan.',
        {
          sha256: {
            type: 'string',
            pattern: '^[0-9a-f]{64}$',
            description: 'the SHA-256 of the key, 64 hex digits in lower case',
          },
          plan: { type: 'string', description: 'Name of a usage plan.' },
        },
        { required: ['sha256', 'plan'] },
      ),
    ),
    rules: byName('What the front door checks, by route.', routeRules),
    revisions: byName('Revisions of a function beside its own file, by route.', revisions),
    triggers: byName('What calls functions by itself, by route.', trigger),
    schedules: byName('Messages that are sent at times, by the name of the schedule.', schedule),
  }),
  $defs: { schema: jsonSchema },
} as const;
