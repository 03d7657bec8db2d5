import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { packChaincode } from '../../../network/chaincode-package.js';

const untar = (bytes: Uint8Array, file: string): Buffer => execFileSync('tar', ['-xzO', file], { input: bytes });

describe('chaincode package', () => {
  it('is the same wherever and whenever it is made', () => {
    expect(packChaincode('guichet', '1.0')).to.deep.equal(packChaincode('guichet', '1.0'));
  });

  it('has the label and the hash of its bytes as id', () => {
    const { id, label, bytes } = packChaincode('guichet', '1.0');
    expect(label).to.equal('guichet_1.0');
    expect(id).to.equal(`guichet_1.0:${createHash('sha256').update(bytes).digest('hex')}`);
  });

  it('differs by name and by version', () => {
    const ids = [packChaincode('guichet', '1.0'), packChaincode('guichet', '1.1'), packChaincode('raw', '1.0')];
    expect(new Set(ids.map(({ id }) => id))).to.have.property('size', 3);
  });

  it('is a tar that tar reads, with metadata for the peer and the label for the builder', () => {
    const { bytes } = packChaincode('guichet', '1.0');
    expect(JSON.parse(untar(bytes, 'metadata.json').toString())).to.deep.equal({ type: 'ccaas', label: 'guichet_1.0' });
    expect(untar(untar(bytes, 'code.tar.gz'), 'label').toString()).to.equal('guichet_1.0');
  });

  it('has no times and no owners in it', () => {
    const listing = execFileSync('tar', ['-tvz', '--utc', '--numeric-owner'], {
      input: packChaincode('raw', '1.0').bytes,
    });
    for (const line of listing.toString().trimEnd().split('\n'))
      expect(line).to.match(/^-rw-r--r-- 0\/0 +\d+ 1970-01-01/);
  });
});
