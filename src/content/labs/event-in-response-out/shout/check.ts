import { contract, edge, firstLight } from '#faas/labs/lab-check.ts';
import type { CheckedLab } from '#faas/labs/checked-lab.ts';
import type { LabAnswer } from '#faas/labs/lab-answer.ts';

/** Sends the text as the field that this variant has. */
function tell(lab: CheckedLab, text: unknown, label = 'application/json'): Promise<LabAnswer> {
  return send(lab, JSON.stringify({ [field(lab)]: text }), label);
}

/** @param label the content type that the sender writes upon it */
function send(lab: CheckedLab, body: string, label = 'application/json'): Promise<LabAnswer> {
  return lab.call({ method: 'POST', headers: { 'content-type': label }, body });
}

function field({ parameters }: CheckedLab): string {
  return String(parameters['field']);
}

const REFUSED = {
  status: 400,
  headers: { 'content-type': /^application\/problem\+json/ },
  json: { status: 400 },
};

export default [
  firstLight('shouts HELLO when it is told hello', async (lab) => {
    const answer = await tell(lab, 'hello');
    answer.must({ status: 200, json: { shout: 'HELLO' } });
  }),

  contract('shouts whatever it is told, the empty text too', async (lab) => {
    for (const text of ['good morning', 'Tschüss', '']) {
      const answer = await tell(lab, text);
      answer.must({ status: 200, json: { shout: text.toUpperCase() } });
    }
  }),

  contract('says how many letters it shouts', async (lab) => {
    for (const text of ['hello', 'hi', '']) {
      const answer = await tell(lab, text);
      answer.must({ status: 200, json: { length: text.length } });
    }
  }),

  contract('counts code points, so that 👍 is one', async (lab) => {
    const answer = await tell(lab, 'ok 👍👍');
    answer.must({ status: 200, json: { length: 5 } });
    // One flag to whoever sees it, and two code points.
    const flag = await tell(lab, '🇩🇰');
    flag.must({ status: 200, json: { length: 2 } });
  }),

  contract('looks into the body, whatever its label says', async (lab) => {
    for (const label of ['text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await tell(lab, 'hello', label);
      answer.must({ status: 200, json: { shout: 'HELLO' } });
    }
  }),

  contract('refuses a body that is not JSON with 400 and a problem document', async (lab) => {
    for (const body of ['hello', '{"text": ', '']) (await send(lab, body)).must(REFUSED);
  }),

  contract('refuses JSON that holds no text with 400 and a problem document', async (lab) => {
    for (const text of [undefined, null, 5, ['hello']]) (await tell(lab, text)).must(REFUSED);
    for (const body of ['null', '[]', '"hello"', '5']) (await send(lab, body)).must(REFUSED);
  }),

  contract('answers any other method with 405, and says in Allow what it takes', async (lab) => {
    for (const method of ['GET', 'DELETE']) {
      const answer = await lab.call({ method });
      answer.must({ status: 405, headers: { allow: /\bPOST\b/ } });
    }
  }),

  edge('counts é as one, however it was typed', async (lab) => {
    const composed = await tell(lab, 'caf\u00e9');
    composed.must({ json: { shout: 'CAF\u00c9', length: 4 } });
    const decomposed = await tell(lab, 'cafe\u0301');
    // The length first: the two forms of the text look the same in a message.
    decomposed.must({ json: { length: 4 } });
    decomposed.must({ json: { shout: 'CAF\u00c9' } });
  }),

  edge('counts what it shouts: straße is six letters, and STRASSE is seven', async (lab) => {
    const answer = await tell(lab, 'straße');
    answer.must({ json: { shout: 'STRASSE', length: 7 } });
  }),
];
