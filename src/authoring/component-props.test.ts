import { describe, expect, it } from 'vitest';
import { readProps } from './component-props.ts';

const props = (members: string, before = '') =>
  readProps(
    `---\n${before}\ninterface Props {\n${members}\n}\nconst { id } = Astro.props;\n---\n<p />`,
  );

describe('the props of a component', () => {
  it('are read with their types, optional or not, past comments', () => {
    expect(
      props(
        '/** The id; see `Term`. */\n  id: string;\n  // how\n  readonly calls?: number;\n  options?: readonly string[];',
      ),
    ).toEqual([
      { name: 'id', required: true, type: 'string', choices: undefined },
      { name: 'calls', required: false, type: 'number', choices: undefined },
      { name: 'options', required: false, type: 'readonly string[]', choices: undefined },
    ]);
  });

  it('list their choices, also over lines and behind a name', () => {
    expect(props("kind:\n    | 'note'\n    | 'try';")?.[0]?.choices).toEqual(['note', 'try']);
    expect(props('kind: Kind;', "type Kind = 'a' | 'b';")?.[0]?.choices).toEqual(['a', 'b']);
    expect(props("mode?: 'a' | number;")?.[0]?.choices).toBeUndefined();
  });

  it('are not known when the component does not say', () => {
    expect(readProps('---\nconst { id } = Astro.props;\n---\n')).toBeUndefined();
    expect(readProps('---\ninterface Props extends Other { id: string }\n---\n')).toBeUndefined();
    expect(readProps('<p>no script</p>')).toBeUndefined();
  });
});
