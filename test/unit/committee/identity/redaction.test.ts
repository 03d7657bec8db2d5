import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import {
  identityOf,
  type Identity,
  type IdentityPolicy,
  type TravelDocument,
} from '../../../../committee/identity/index.js';
import { altered, projectRoot, read, SPECIMENS, THEN, type Specimen } from './specimens.js';

const lenient = { acceptExpired: true, acceptSpecimens: true } as const;
const POLICIES: readonly IdentityPolicy[] = [
  { scheme: 'document', accepted: { '*': ['P', 'I', 'ID'] }, ...lenient },
  { scheme: 'name-birth-nationality', ...lenient },
  { scheme: 'personal-number', otherwise: { '*': ['P', 'I', 'ID'] }, ...lenient },
];

/** Everything personal in a specimen that is long enough to be looked for. */
const secretsOf = ({ lines, fields }: Specimen): readonly string[] => {
  const { documentNumber, birthDate, name, optionalData } = fields;
  const words = `${name.primary}<${name.secondary}`.split('<');
  return [...lines, documentNumber, birthDate, ...words, ...optionalData].filter(
    // Two specimens are called so; so is a code.
    (text) => text.length > 2 && text !== 'SPECIMEN',
  );
};

const leaks = (specimen: Specimen, texts: readonly string[]) =>
  secretsOf(specimen).filter((secret) => texts.some((text) => text.toUpperCase().includes(secret)));

/** All ways by which a value gets into a log. */
const shown = (value: Identity | TravelDocument): readonly string[] => [
  String(value),
  JSON.stringify(value),
  JSON.stringify(Object.assign({}, value)),
  inspect(value),
  inspect({ nested: [value] }, { depth: 9 }),
  inspect(value, { customInspect: false, showHidden: true, depth: 9 }),
  inspect(structuredClone(value)),
];

describe('what a log shows', () => {
  it('of a document and an identity is nothing personal', () => {
    for (const specimen of SPECIMENS) {
      const document = read(specimen.lines);
      expect(leaks(specimen, shown(document)), specimen.name).to.deep.equal([]);
      for (const policy of POLICIES) {
        if (specimen.name.startsWith('TD') && policy.scheme === 'personal-number') continue;
        const identity = identityOf(document, policy, THEN);
        expect(leaks(specimen, [...shown(identity), identity.display]), specimen.name).to.deep.equal([]);
      }
    }
  });

  it('of an error is nothing personal, whatever is wrong', () => {
    for (const specimen of SPECIMENS) {
      specimen.lines.forEach((line, index) => {
        for (let column = 0; column < line.length; column += 1) {
          for (const character of ['é', '7', 'X', '<']) {
            const lines = altered(specimen.lines, [index, column, character]);
            const texts = errorTexts(() =>
              POLICIES.forEach((policy) => identityOf(read(lines), { ...policy, ...strict }, THEN)),
            );
            expect(leaks(specimen, texts), `${specimen.name} ${index}:${column}`).to.deep.equal([]);
          }
        }
      });
    }
  });
});

const strict = { acceptExpired: false, acceptSpecimens: false } as const;

function errorTexts(action: () => void): readonly string[] {
  try {
    action();
    return [];
  } catch (error) {
    return [String(error), inspect(error, { showHidden: true, depth: 9 }), JSON.stringify(error)];
  }
}

describe('identity input', () => {
  it('imports no module of Node, so that a browser takes it', () => {
    const seen = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const source = readFileSync(file, 'utf8');
      for (const [, specifier = ''] of source.matchAll(/from '([^']+)'/g)) {
        expect(specifier.startsWith('.') || specifier === 'mrz', `${file}: ${specifier}`).to.equal(true);
        if (specifier.startsWith('.')) visit(join(dirname(file), specifier.replace(/\.js$/, '.ts')));
      }
      expect(source).to.not.match(/\b(Buffer|process|require)\b/);
    };
    visit(join(projectRoot(), 'committee', 'identity', 'index.ts'));
    const files = readdirSync(join(projectRoot(), 'committee', 'identity')).filter((name) => name.endsWith('.ts'));
    expect(seen.size).to.be.at.least(files.length);
  });
});
