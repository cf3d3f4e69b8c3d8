/** A new lab: small, and proved from the beginning, so that an author changes one thing after another. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LABS } from './lab-folder.ts';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Writes the folder of a new lab.
 * @returns the files, from the project root
 * @throws when the name is no slug, the lesson is not there, or the lab is
 */
export function newLab(
  root: string,
  lesson: string,
  name: string,
  lessons: readonly string[],
): string[] {
  if (!SLUG.test(name)) {
    throw new Error(`${name} cannot be a lab's name. Use lower-case letters, digits and hyphens.`);
  }
  if (!lessons.includes(lesson) && lesson !== name) {
    throw new Error(`There is no lesson ${lesson}. There are ${lessons.join(', ')}.`);
  }
  const folder = `${LABS}/${lesson}/${name}`;
  if (existsSync(join(root, folder)))
    throw new Error(`${folder} is there already. It is left as it is.`);
  return Object.entries(filesOf(title(name))).map(([file, text]) => {
    const path = join(root, folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return `${folder}/${file}`;
  });
}

function title(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function filesOf(name: string): Record<string, string> {
  return {
    'lab.yaml': `title: ${name}
kind: write
language: [typescript]
where: [tab, terminal]
# Estimated, until people have done it.
minutes: { first light: 3, contract: 10 }
task: |
  Answer a greeting: GET with \`?name=Ada\` is answered with \`Hello, Ada!\`, and without a name with
  \`Hello, stranger!\`.
run: { method: GET, query: '?name=Ada' }
hints:
  first: Print the address that came.
  checks:
    greets a stranger when no name is given: What does searchParams.get answer when there is no name?
# Each is a way to be nearly right, with a sentence to whoever wrote it.
mutants:
  greets-null:
    says: This greets null. A name that is not given is not a name.
    caught: greets a stranger when no name is given
why:
  question: Why does a call without a name not fail?
  right: The name that is missing is asked for, and has an answer of its own.
  wrong:
    greets-null: An address without a name is an empty text.
`,
    'start.ts': `/** Greets whoever calls. */

export default {
  fetch(request: Request): Response {
    console.log('I was called at', request.url);
    return new Response('');
  },
};
`,
    'solution.ts': `/** Greets whoever calls. */

export default {
  fetch(request: Request): Response {
    // #region lines
    const name = new URL(request.url).searchParams.get('name') ?? 'stranger';
    return new Response(\`Hello, \${name}!\`);
    // #endregion
  },
};
`,
    'mutants/greets-null.ts': `/** Takes a name that is not there for a name. */

export default {
  fetch(request: Request): Response {
    const name = new URL(request.url).searchParams.get('name');
    return new Response(\`Hello, \${name}!\`);
  },
};
`,
    'check.ts': `import { contract, firstLight } from '#faas/labs/lab-check.ts';

export default [
  firstLight('greets Ada', async (lab) => {
    const answer = await lab.call({ query: '?name=Ada' });
    answer.must({ status: 200, text: 'Hello, Ada!' });
  }),

  contract('greets whoever it is', async (lab) => {
    for (const name of ['Bea', 'Cy']) {
      const answer = await lab.call({ query: \`?name=\${name}\` });
      answer.must({ status: 200, text: \`Hello, \${name}!\` });
    }
  }),

  contract('greets a stranger when no name is given', async (lab) => {
    const answer = await lab.call();
    answer.must({ status: 200, text: 'Hello, stranger!' });
  }),
];
`,
  };
}
