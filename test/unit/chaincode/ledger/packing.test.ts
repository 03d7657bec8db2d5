import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_BATCH_CHARS } from '../../../../chaincode/domain/batch.js';
import { packBatch, unpackBatch } from '../../../../chaincode/ledger/packing.js';
import { expectThrows } from '../../../support/world.js';

const long = JSON.stringify({ commands: Array.from({ length: 100 }, (_, at) => ({ kind: 'ticket.sell', at })) });

describe('a packed batch', () => {
  it('is far shorter, and comes back as it was', () => {
    const packed = packBatch(long.repeat(3));
    expect(packed.length).to.be.below(long.length / 2);
    expect(unpackBatch(packed)).to.equal(long.repeat(3));
  });

  it('comes back whatever it says, short or long', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(60), (text, times) => {
        const batch = `{"commands":[${Array.from({ length: times + 1 }, () => text).join()}]}`;
        expect(unpackBatch(packBatch(batch))).to.equal(batch);
      }),
      { seed: 7 },
    );
  });

  it('is left as it is where it is short: any client may send JSON', () => {
    expect(packBatch('{"commands":[]}')).to.equal('{"commands":[]}');
    expect(unpackBatch(long)).to.equal(long);
  });

  it('is refused where it is no zlib, or more than a batch may be', () => {
    expectThrows(() => unpackBatch('eAEsomething'), 'MALFORMED_BATCH', 'batch');
    const bomb = deflateSync(' '.repeat(MAX_BATCH_CHARS + 1)).toString('base64');
    expect(bomb.length).to.be.below(MAX_BATCH_CHARS / 100);
    expectThrows(() => unpackBatch(bomb), 'TOO_LARGE', 'batch');
    expect(unpackBatch(deflateSync(' '.repeat(MAX_BATCH_CHARS)).toString('base64'))).to.have.lengthOf(MAX_BATCH_CHARS);
  });
});
