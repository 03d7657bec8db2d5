import { expect } from 'chai';
import fc from 'fast-check';
import { withLetter } from '../support/curve.js';
import { anApi, bodiesOf, type TestApi } from '../unit/committee/http/an-api.js';

const RUNS = { numRuns: 150 };
const POINT = /^[A-Za-z0-9_-]{44}$/;
type Body = Record<string, unknown>;
type Path = readonly (string | number)[];

/** Every text in a body, by the way to it. */
function textsIn(node: unknown, path: Path = []): Path[] {
  if (typeof node === 'string') return [path];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    textsIn(value, [...path, Array.isArray(node) ? Number(name) : name]),
  );
}

function replaced(node: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  const copy = (Array.isArray(node) ? [...(node as unknown[])] : { ...(node as Body) }) as Body;
  copy[first] = replaced(copy[first], rest, value);
  return copy;
}

const at = (node: unknown, path: Path): string =>
  path.reduce<unknown>((inner, step) => (inner as Body)[step], node) as string;

/** The original with a letter or a bit changed, bytes of its length or any, any text, and what has the form of a point. */
const insteadOf = (original: string): fc.Arbitrary<string> => {
  const bytes = Buffer.from(original, 'base64url');
  const encoded = (arbitrary: fc.Arbitrary<Uint8Array>) =>
    arbitrary.map((each) => Buffer.from(each).toString('base64url'));
  const anyOf = encoded(fc.uint8Array({ minLength: bytes.length, maxLength: bytes.length }));
  const sign = fc.constantFrom(0, 2, 3, 4);
  const point = fc
    .tuple(sign, fc.uint8Array({ minLength: 32, maxLength: 32 }))
    .map(([first, x]) => Uint8Array.of(first, ...x));
  const turned = fc.nat(Math.max(bytes.length * 8 - 1, 0)).map((bit) => {
    const copy = Uint8Array.from(bytes);
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return copy;
  });
  const letter = fc.nat(original.length - 1).map((place) => withLetter(original, place));
  return fc.oneof(
    letter,
    anyOf,
    encoded(turned),
    fc.string(),
    encoded(fc.uint8Array({ maxLength: 70 })),
    ...(POINT.test(original) ? [encoded(point)] : []),
  );
};

describe("whatever bytes come for a member of a node's interface", () => {
  let api: TestApi;
  before(async () => {
    api = await anApi();
  });
  after(() => api.close());

  it('are answered, and never with a failure of the node', async () => {
    const bodies = Object.entries(bodiesOf(api.scene)) as [string, Body][];
    const places = bodies.flatMap(([path, body]) => textsIn(body).map((member) => ({ path, body, member })));
    expect(places.length).to.be.greaterThan(20);
    const changed = fc
      .constantFrom(...places)
      .chain((place) => insteadOf(at(place.body, place.member)).map((value) => ({ ...place, value })));
    const check = async ({ path, body, member, value }: (typeof places)[number] & { value: string }) => {
      const { status, body: answer } = await api.post(path, replaced(body, member, value));
      expect(status, `${path} ${member.join('.')} ${String(answer.code)}`).to.be.below(500);
      if (value !== at(body, member)) expect(status, `${path} ${member.join('.')}`).not.to.equal(200);
    };
    await fc.assert(fc.asyncProperty(changed, check), RUNS);
  });

  it('and whatever JSON comes for a body', async () => {
    const paths = Object.keys(bodiesOf(api.scene));
    const check = async (path: string, json: unknown) => {
      const { status } = await api.post(path, json);
      expect(status, path).to.be.within(400, 499);
    };
    await fc.assert(fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), check), RUNS);
  });
});
