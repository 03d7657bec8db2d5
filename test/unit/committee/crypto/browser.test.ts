import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ORDER } from '../../../../chaincode/crypto/scalar.js';
import * as browser from '../../../../committee/crypto/browser.js';

/** Every module that a source imports at run time, and theirs. */
function importsOf(file: string, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(file)) return seen;
  const source = readFileSync(file, 'utf8');
  const statements = [...source.matchAll(/^(?:import|export)(?! type)[^;]*?from '([^']+)';/gms)];
  const names = statements.map(([, name]) => name!);
  seen.set(file, names);
  for (const name of names.filter((each) => each.startsWith('.')))
    importsOf(resolve(dirname(file), name.replace(/\.js$/, '.ts')), seen);
  return seen;
}

describe('what a browser takes', () => {
  it('imports nothing that a browser does not have', () => {
    const modules = importsOf(join(process.cwd(), 'committee', 'crypto', 'browser.ts'));
    const outside = [...modules.values()].flat().filter((name) => !name.startsWith('.'));
    expect(modules.size).to.be.above(12);
    expect(new Set(outside)).to.deep.equal(new Set(['@noble/curves/nist.js', '@noble/hashes/sha2.js']));
    for (const file of modules.keys()) expect(readFileSync(file, 'utf8'), file).not.to.match(/\b(Buffer|process)\b\./);
  });

  it('has random scalars that differ and are in range', () => {
    const scalars = Array.from({ length: 20 }, () => browser.randomScalar());
    expect(new Set(scalars).size).to.equal(20);
    for (const scalar of scalars) expect(scalar > 0n && scalar < ORDER).to.equal(true);
  });
});
