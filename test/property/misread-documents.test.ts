import { expect } from 'chai';
import fc from 'fast-check';
import { identityOf, type Identity, type TravelDocument } from '../../committee/identity/index.js';
import type { IdentityPolicy } from '../../committee/identity/index.js';
import {
  altered,
  digitsHold,
  read,
  refusalOf,
  restOfNumber,
  SPECIMENS,
  THEN,
  type Specimen,
} from '../unit/committee/identity/specimens.js';

const ALPHABET = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<');
const lenient = { acceptExpired: true, acceptSpecimens: true } as const;
const codes = ['P', 'I', 'ID'];
const POLICIES: readonly IdentityPolicy[] = [
  { scheme: 'document', accepted: { '*': codes }, ...lenient },
  { scheme: 'name-birth-nationality', ...lenient },
  { scheme: 'personal-number', otherwise: { '*': codes }, ...lenient },
];

/** What stands in the document and enters the identity, taken from the printed lines and not from the reader. */
const ENTERS: Readonly<
  Record<IdentityPolicy['scheme'], (specimen: Specimen, line: number, column: number) => boolean>
> = {
  document: ({ lines }, line, column) => isHead(line, column) || isNumber(lines, line, column),
  'name-birth-nationality': ({ lines }, line, column) =>
    lines.length === 3
      ? line === 2 || (line === 1 && (column < 6 || (column >= 15 && column < 18)))
      : (line === 0 && column >= 5) || (line === 1 && column >= 10 && column < 19),
  'personal-number': ({ name, lines }, line, column) => {
    if (name.startsWith('Spain')) return line === 0 && ((column >= 2 && column < 5) || column >= 15);
    if (name.startsWith('Czechia') || (name.startsWith('TD3') && column > 1)) {
      return (line === 0 && column >= 2 && column < 5) || (line === 1 && column >= 28 && column < 42);
    }
    return name.startsWith('TD') ? false : isHead(line, column) || isNumber(lines, line, column);
  },
};

const isHead = (line: number, column: number) => line === 0 && column < 5;
function isNumber(lines: readonly string[], line: number, column: number): boolean {
  const rest = restOfNumber(lines).length - 1;
  const [on, first, more] = lines.length === 3 ? [0, 5, 15] : [1, 0, 28];
  return line === on && ((column >= first && column < first + 9) || (column >= more && column < more + rest));
}

const identity = (document: TravelDocument, policy: IdentityPolicy): Identity | undefined => {
  let result: Identity | undefined;
  const refusal = refusalOf(() => (result = identityOf(document, policy, THEN)));
  return refusal ? undefined : result;
};

const accepted = (lines: readonly string[]): TravelDocument | undefined => {
  let result: TravelDocument | undefined;
  const refusal = refusalOf(() => (result = read(lines)));
  return refusal ? undefined : result;
};

describe('a misread document', () => {
  for (const specimen of SPECIMENS) {
    it(`is refused or is somebody else's, for each character of ${specimen.name}`, () => {
      const { lines } = specimen;
      const original = read(lines);
      const before = POLICIES.map((policy) => identity(original, policy)?.text);
      lines.forEach((text, line) => {
        for (let column = 0; column < text.length; column += 1) {
          for (const character of ALPHABET) {
            if (character === text[column]) continue;
            const mutated = altered(lines, [line, column, character]);
            const document = accepted(mutated);
            if (!document) continue;
            const where = `${line}:${column} ${character}`;
            expect(digitsHold(mutated), where).to.equal(true);
            POLICIES.forEach((policy, index) => {
              if (before[index] === undefined || !ENTERS[policy.scheme](specimen, line, column)) return;
              expect(identity(document, policy)?.text, `${policy.scheme} ${where}`).to.not.equal(before[index]);
            });
          }
        }
      });
    });
  }

  it('is never read with a wrong check digit, however many characters are wrong', () => {
    const position = fc.record({ line: fc.nat(2), column: fc.nat(43), character: fc.constantFrom(...ALPHABET) });
    fc.assert(
      fc.property(
        fc.constantFrom(...SPECIMENS),
        fc.array(position, { minLength: 2, maxLength: 6 }),
        ({ lines }, changes) => {
          const mutated = changes
            .filter(({ line, column }) => line < lines.length && column < lines[line]!.length)
            .reduce((text, { line, column, character }) => altered(text, [line, column, character]), lines);
          return accepted(mutated) === undefined || digitsHold(mutated);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
