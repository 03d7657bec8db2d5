import { expect } from 'chai';
import { eventKey, organizationKey } from '../../../../chaincode/domain/keys.js';
import { LedgerReader, type Witness } from '../../../../committee/ledger/reader.js';
import { codeOf } from '../../../support/code-of.js';
import { TestClock } from '../../../support/nodes.js';

const OWN = 'VenueMSP';
/** `down` where it doesn't answer. */
type Word = string | (() => string);

/** @param words what the peers say: the MSP id with a mark behind it where it has several */
function aReader(words: readonly (readonly [string, Word])[], ownOnly = false) {
  const clock = new TestClock();
  const asked: string[] = [];
  const witnesses = words.map(([mspId, word]): Witness => ({
    mspId,
    evaluate: () => {
      asked.push(mspId);
      const said = typeof word === 'function' ? word() : word;
      if (said === 'down') return Promise.reject(new Error('14 UNAVAILABLE'));
      return Promise.resolve(JSON.stringify({ records: [said] }));
    },
  }));
  const reader = new LedgerReader({ mspId: OWN, witnesses, clock, ownOnly });
  return { read: () => reader.read<unknown>(organizationKey('X')), asked, clock };
}

describe("reading the ledger by an organization's own peer", () => {
  it('believes it, and asks nobody else', async () => {
    const { read, asked } = aReader([
      [OWN, 'a'],
      ['OrganizerMSP', 'b'],
      ['ResellerMSP', 'b'],
    ]);
    expect(await read()).to.equal('a');
    expect(asked).to.deep.equal([OWN]);
  });

  it('asks its next one where the first is down', async () => {
    const { read, asked } = aReader([
      [OWN, 'down'],
      [OWN, 'a'],
      ['OrganizerMSP', 'b'],
    ]);
    expect(await read()).to.equal('a');
    expect(asked).to.deep.equal([OWN, OWN]);
  });

  it('goes on with two others that say the same while it is down', async () => {
    const { read } = aReader([
      [OWN, 'down'],
      ['OrganizerMSP', 'b'],
      ['ResellerMSP', 'b'],
    ]);
    expect(await read()).to.equal('b');
  });

  it('asks nobody else where the own one alone is to be believed, and there is one', async () => {
    const others = ['OrganizerMSP', 'ResellerMSP'].map((mspId) => [mspId, 'b'] as const);
    const { read, asked } = aReader([[OWN, 'down'], ...others], true);
    expect(await codeOf(read())).to.equal('LEDGER_UNAVAILABLE');
    expect(asked).to.deep.equal([OWN]);
    expect(await aReader(others, true).read()).to.equal('b');
  });
});

describe('reading the ledger without a peer of the own organization', () => {
  it('believes two organizations that say the same, and asks no third then', async () => {
    const { read, asked } = aReader([
      ['OrganizerMSP', 'a'],
      ['ResellerMSP', 'a'],
      ['AgencyMSP', 'b'],
    ]);
    expect(await read()).to.equal('a');
    expect(asked).to.deep.equal(['OrganizerMSP', 'ResellerMSP']);
  });

  it('asks a third where one is down or says something else, and believes the two alike', async () => {
    for (const word of ['down', 'lie']) {
      const { read } = aReader([
        ['OrganizerMSP', word],
        ['ResellerMSP', 'a'],
        ['AgencyMSP', 'a'],
      ]);
      expect(await read()).to.equal('a');
    }
  });

  it('never believes one organization, however many peers of it say the same', async () => {
    const { read } = aReader([
      ['OrganizerMSP', 'lie'],
      ['OrganizerMSP', 'lie'],
      ['ResellerMSP', 'a'],
    ]);
    expect(await codeOf(read())).to.equal('LEDGER_DISAGREES');
    const alone = aReader([
      ['OrganizerMSP', 'lie'],
      ['OrganizerMSP', 'lie'],
    ]);
    expect(await codeOf(alone.read())).to.equal('LEDGER_UNAVAILABLE');
  });

  it('waits a moment for peers at different heights', async () => {
    let asked = 0;
    const { read, clock } = aReader([
      ['OrganizerMSP', 'new'],
      ['ResellerMSP', () => ((asked += 1) < 3 ? 'old' : 'new')],
    ]);
    const before = clock.ms;
    expect(await read()).to.equal('new');
    expect(clock.ms).to.be.greaterThan(before);
  });

  it('says that the ledger is not there where fewer than two answer', async () => {
    for (const words of [['a', 'down'], ['down', 'down'], []]) {
      const { read } = aReader(words.map((word, at) => [`Org${at}MSP`, word]));
      expect(await codeOf(read())).to.equal('LEDGER_UNAVAILABLE');
    }
  });
});

describe('reading many records', () => {
  it('asks in pages, and has a record for each key in its order', async () => {
    const pages: number[] = [];
    const evaluate = (_: string, argument: string) => {
      const { keys } = JSON.parse(argument) as { keys: string[] };
      pages.push(keys.length);
      const records = keys.map((key) => (key.endsWith('7') ? null : key));
      return Promise.resolve(JSON.stringify({ records }));
    };
    const reader = new LedgerReader({ mspId: OWN, witnesses: [{ mspId: OWN, evaluate }] });
    const keys = Array.from({ length: 1_001 }, (_, at) => eventKey(`M:e-${at}`));
    const records = await reader.readAll<unknown>(keys);
    expect(pages).to.deep.equal([1_000, 1]);
    expect(records).to.deep.equal(keys.map((key) => (key.endsWith('7') ? undefined : key)));
  });

  it('lists below a prefix until there is no next', async () => {
    const after: unknown[] = [];
    const evaluate = (transaction: string, argument: string) => {
      expect(transaction).to.equal('Records:list');
      const asked = JSON.parse(argument) as { after?: string };
      after.push(asked.after);
      const records = [{ key: `k${after.length}`, record: after.length }];
      return Promise.resolve(JSON.stringify({ records, ...(after.length < 3 && { next: `k${after.length}` }) }));
    };
    const reader = new LedgerReader({ mspId: OWN, witnesses: [{ mspId: OWN, evaluate }] });
    expect((await reader.list('k')).map(({ key }) => key)).to.deep.equal(['k1', 'k2', 'k3']);
    expect(after).to.deep.equal([undefined, 'k1', 'k2']);
  });
});
