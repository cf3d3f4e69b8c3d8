import { expect, it } from 'vitest';
import {
  BODY,
  IMPORTS,
  lesson,
  only,
  found,
  useSampleCourse,
  write,
} from '../fixtures/sample-course.ts';

useSampleCourse();

const FILE = 'src/content/predictions/one.yaml';
const asks = `${IMPORTS}\n${BODY}\n<Demo id="asks" fn="/api/hello" predict="Which?" options={['1', '2']} />\n`;

it('help belongs to a prediction of its lesson that has options', () => {
  write(FILE, '- id: first\n  needs: [cold-start, cold-start]\n');
  expect(only()).toMatch(
    /one\.yaml ‹first› The lesson "one" has no prediction "first" with options/,
  );
});

it('a term that is needed is in the glossary', () => {
  lesson('01-one.mdx', {}, asks);
  write(FILE, '- id: asks\n  needs: [warm, cold-start]\n');
  expect(found().join('\n')).toMatch(/one\.yaml ‹warm,› No term has the id "warm"/);
});

it('once a lesson helps, it helps with each of its predictions', () => {
  lesson('01-one.mdx', {}, asks);
  write(FILE, '[]\n');
  expect(found().join('\n')).toMatch(
    /01-one\.mdx ‹.*› Nobody is helped with the prediction "asks"/,
  );
});
