import { expect } from 'chai';
import { EXAMPLES } from '../../../../gateway/contract/examples.js';
import { parseBody } from '../../../../gateway/http/bodies.js';
import { commandStateSchema } from '../../../../gateway/http/command-states.js';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';
import { problemSchema } from '../../../../gateway/http/problem.js';
import { aGateway } from '../http/a-gateway.js';
import { send } from '../http/raw.js';

interface Described {
  readonly operationId: string;
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
interface Content {
  readonly content?: Readonly<
    Record<string, { readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }>
  >;
}
/** The document is an example of itself. */
const ITSELF = 'getOpenApi';
const SUCCESS = ['200', '201', '202'];

const described = OPERATIONS.filter(({ id }) => id !== ITSELF);

describe('examples of the document (npm run api -- examples)', () => {
  it('are there for every operation, and for no other', () => {
    expect(Object.keys(EXAMPLES)).to.have.members(described.map(({ id }) => id));
  });

  it('are served of every body that is sent, and of every success that is answered', async () => {
    const gateway = await aGateway();
    const { body } = await send(gateway, { path: '/v1/openapi.json' }).finally(() => gateway.close());
    const { paths } = body as { paths: Record<string, Record<string, Described>> };
    const isBare = ({ content }: Content) =>
      content?.['application/json'] !== undefined && content['application/json'].examples?.recorded === undefined;
    const bare = Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .filter(({ operationId }) => operationId !== ITSELF)
      .flatMap(({ operationId, requestBody = {}, responses }) => [
        ...(isBare(requestBody) ? [`${operationId}: request`] : []),
        ...SUCCESS.filter((status) => isBare(responses[status] ?? {})).map((status) => `${operationId}: ${status}`),
      ]);
    expect(bare).to.deep.equal([]);
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
