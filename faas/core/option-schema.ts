/** Options as JSON Schema, so that an editor completes and checks a file as the command does. */

import { defaultText, expected, type NumberOption, type Option } from './option.ts';

/** A JSON Schema of one value. */
export function jsonSchemaOf(option: Option): Record<string, unknown> {
  const { meaning, source } = option;
  const about = `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}: ${expected(option)}.`;
  const otherwise =
    option.otherwise === undefined ? '' : ` By default ${defaultText(option) ?? ''}.`;
  return {
    ...typeOf(option),
    description: `${about}${otherwise}${source === undefined ? '' : ` Source: ${source}.`}`,
    ...(option.default === undefined ? {} : { default: option.default }),
  };
}

function typeOf(option: Option): Record<string, unknown> {
  switch (option.type) {
    case 'flag':
      return { type: 'boolean' };
    case 'text':
      return { type: 'string' };
    case 'choice':
      return { type: 'string', enum: option.of };
    case 'list':
      return { type: 'array', minItems: 1, items: typeOf(option.of) };
    case 'number':
      return numberType(option);
  }
}

function numberType(option: NumberOption): Record<string, unknown> {
  const { least, most, isWhole, isAbove, isBelow, step, also, orUnlimited } = option;
  const number = {
    type: isWhole ? 'integer' : 'number',
    ...(least === -Infinity ? {} : { [isAbove ? 'exclusiveMinimum' : 'minimum']: least }),
    ...(most === undefined ? {} : { [isBelow ? 'exclusiveMaximum' : 'maximum']: most }),
    ...(step === undefined ? {} : { multipleOf: step }),
  };
  const others = [
    ...(also ? [{ const: also.value }] : []),
    ...(orUnlimited ? [{ const: 'unlimited' }] : []),
  ];
  return others.length === 0 ? number : { anyOf: [number, ...others] };
}
