import { expect } from 'chai';
import { join } from 'node:path';
import { tariffSchema } from '../../../../gateway/statements/operators-fee.js';
import { findProjectRoot } from '../../../../network/data-directory.js';
import { loadTopology, parseTopology } from '../../../../network/topology-file.js';

const topology = loadTopology(join(findProjectRoot(), 'network', 'topology.json'));

describe('tariff', () => {
  it('is the consortium’s data: what the topology says, gateways read', () => {
    expect(topology.operatorsFee).not.to.be.empty;
    for (const tariff of topology.operatorsFee) expect(tariffSchema.parse(tariff)).to.deep.equal(tariff);
  });

  it('need not be', () => {
    expect(parseTopology({ ...topology, operatorsFee: undefined }).operatorsFee).to.deep.equal([]);
  });

  it('has a beginning, a currency and whole minor units', () => {
    const [tariff] = topology.operatorsFee;
    for (const wrong of [{ since: '2027' }, { currency: 'euro' }, { perCommandMinor: 0.5 }, { perCommandMinor: -1 }]) {
      expect(() => parseTopology({ ...topology, operatorsFee: [{ ...tariff, ...wrong }] })).to.throw();
      expect(tariffSchema.safeParse({ ...tariff, ...wrong }).success).to.be.false;
    }
  });
});
