import { expect } from 'chai';
import { EXAMPLES } from '../../../../gateway/contract/examples.js';
import { parseBody } from '../../../../gateway/http/bodies.js';
import { commandStateSchema } from '../../../../gateway/http/command-states.js';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';
import { problemSchema } from '../../../../gateway/http/problem.js';

const described = OPERATIONS.filter(({ id }) => id !== 'getOpenApi');

describe('examples of the document (npm run api -- examples)', () => {
  it('are there for every operation, and for no other', () => {
    expect(Object.keys(EXAMPLES)).to.have.members(described.map(({ id }) => id));
  });

  for (const { id, body, responses } of described) {
    it(`of ${id} are what it takes and answers, refusals included`, () => {
      const { request, answers, problems } = EXAMPLES[id]!;
      expect(answers, 'no answer of success').not.to.be.empty;
      expect(problems, 'no problem').not.to.be.empty;
      if (request !== undefined) expect(() => parseBody(body!, request)).not.to.throw();
      for (const [status, answer] of Object.entries(answers)) {
        const schema = status === '202' ? commandStateSchema : responses[Number(status)]?.schema;
        expect(schema?.safeParse(answer).error?.issues, status).to.be.undefined;
        expect(schema, status).not.to.be.undefined;
      }
      for (const [code, problem] of Object.entries(problems)) {
        expect(problemSchema.safeParse(problem).error, code).to.be.undefined;
        expect(problem).to.include({ code });
      }
    });
  }
});
