import { expect } from 'chai';
import type { Outcome } from '../../../../chaincode/domain/batch.js';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../../../gateway/errors.js';
import { deliver as deliverBatch } from '../../../../gateway/fabric/deliver.js';
import { Doubts } from '../../../../gateway/fabric/doubts.js';
import { Endorsers } from '../../../../gateway/fabric/endorsers.js';
import { LedgerFailure, type Committed } from '../../../../gateway/fabric/ledger.js';
import { placeOrder } from '../../../../gateway/fabric/order.js';
import { Quarantine } from '../../../../gateway/fabric/quarantine.js';
import { aSale, anAdvance, anAllotment, anEvent, newKey } from '../../../support/statements.js';
import { aBench, claimed, mismatch, settled, unavailable, type RawCommand, type Script } from './scripted-ledger.js';

const event = anEvent();
const commands = (count: number) =>
  Array.from({ length: count }, (_, index) => anAdvance(event, `advance-${index + 1}`));

/** Submits so many commands, which go in one batch. */
async function deliver(count: number, script: Script) {
  const bench = aBench(script);
  const results = await settled(
    bench.clock,
    commands(count).map((command) => bench.lanes.submit(command)),
  );
  return { ...bench, results, sent: bench.ledger.sent };
}

const codes = (results: readonly (Committed | Error)[]) =>
  results.map((result) => (result instanceof GatewayError || result instanceof Refusal ? result.code : 'committed'));
const accepted = (tx: string, replayed?: true): Outcome => ({
  accepted: true,
  receipt: { tx },
  ...(replayed && { replayed }),
});
const refused: Outcome = { accepted: false, code: 'NOTHING_DUE', details: { field: 'event' } };
const isCulprit = ({ id }: RawCommand) => id === 'advance-3';

describe('delivery', () => {
  it('gives each command its own outcome', async () => {
    const { results, sent } = await deliver(3, {
      outcome: (command, { tx }) => (isCulprit(command) ? refused : accepted(tx)),
    });
    expect(codes(results)).to.deep.equal(['committed', 'committed', 'NOTHING_DUE']);
    expect((results[2] as Refusal).details).to.deep.equal({ field: 'event' });
    expect(sent).to.have.length(1);
  });

  it('submits nothing where everything is refused or was accepted before', async () => {
    const { results, sent } = await deliver(3, {
      outcome: (command) => (isCulprit(command) ? refused : accepted('tx-0', true)),
    });
    expect(codes(results)).to.deep.equal(['committed', 'committed', 'NOTHING_DUE']);
    expect(results[0]).to.deep.equal({ receipt: { tx: 'tx-0' }, replayed: true, block: undefined });
    expect(sent[0]?.submissions).to.equal(0);
  });

  it('answers a refusal only when its transaction has committed: it may rest on what was accepted before it', async () => {
    let commits = 0;
    const { results, sent } = await deliver(3, {
      commit: () => (++commits === 1 ? 'MVCC_READ_CONFLICT' : 'VALID'),
      outcome: (command, { tx }) => (isCulprit(command) && commits === 0 ? refused : accepted(tx)),
    });
    expect(codes(results)).to.deep.equal(['committed', 'committed', 'committed']);
    expect(sent).to.have.length(2);
  });

  it('proposes anew when an endorser is unavailable, and asks another', async () => {
    const { results, sent } = await deliver(1, {
      endorse: ({ endorsers }) => {
        if (endorsers.includes('OrganizerMSP')) throw unavailable('endorse', 'OrganizerMSP');
      },
    });
    expect(codes(results)).to.deep.equal(['committed']);
    expect(sent.map(({ endorsers }) => endorsers)).to.deep.equal([
      ['ResellerMSP', 'OrganizerMSP'],
      ['ResellerMSP', 'VenueMSP'],
    ]);
  });

  it('gives up when no endorser can be had, and nothing was ordered', async () => {
    const { results, sent, alarms } = await deliver(2, {
      endorse: () => {
        throw unavailable('endorse');
      },
    });
    expect(codes(results)).to.deep.equal(['LEDGER_UNAVAILABLE', 'LEDGER_UNAVAILABLE']);
    expect(sent).to.have.length(5);
    expect(alarms).to.deep.equal([]);
  });

  it('looks a failed submission up, and finds that it had committed', async () => {
    const { results, sent } = await deliver(1, {
      submit: () => {
        throw new LedgerFailure('submit', 'unknown', 'request already processed');
      },
      lookUp: () => ({ code: 'VALID', block: 9 }),
    });
    expect(results[0]).to.deep.equal({ receipt: { tx: 'tx-1' }, replayed: false, block: 9 });
    expect(sent.map(({ submissions }) => submissions)).to.deep.equal([1]);
  });

  it('resends the same envelope when a look-up finds nothing', async () => {
    const { results, sent } = await deliver(1, {
      submit: ({ submissions }) => {
        if (submissions < 2) throw unavailable('submit');
      },
    });
    expect(codes(results)).to.deep.equal(['committed']);
    expect(sent.map(({ submissions }) => submissions)).to.deep.equal([2]);
  });

  it('proposes anew only after that, and is told of the first transaction where that one had committed', async () => {
    const { results, sent } = await deliver(1, {
      submit: () => {
        throw unavailable('submit');
      },
      outcome: (_, { tx }) => (tx === 'tx-1' ? accepted(tx) : accepted('tx-1', true)),
    });
    expect(sent.map(({ submissions }) => submissions)).to.deep.equal([3, 0]);
    expect(results[0]).to.deep.equal({ receipt: { tx: 'tx-1' }, replayed: true, block: undefined });
  });

  it('says that the outcome is unknown when nobody can say it, and names the transaction', async () => {
    const { results, alarms } = await deliver(1, {
      submit: () => {
        throw unavailable('submit');
      },
      lookUp: () => {
        throw unavailable('look-up');
      },
    });
    expect(codes(results)).to.deep.equal(['OUTCOME_UNKNOWN']);
    expect((results[0] as GatewayError).details).to.deep.equal({ tx: 'tx-1' });
    expect(alarms).to.deep.equal(['OUTCOME_UNKNOWN']);
  });

  it('proposes anew after a conflict', async () => {
    const { results, sent } = await deliver(1, {
      commit: ({ tx }) => (tx === 'tx-1' ? 'MVCC_READ_CONFLICT' : 'VALID'),
    });
    expect((results[0] as Committed).receipt.tx).to.equal('tx-2');
    expect(sent).to.have.length(2);
  });

  it('finds the command that keeps conflicting, and only that one fails', async () => {
    const { results } = await deliver(8, {
      commit: (sent) => (sent.commands.some(isCulprit) ? 'MVCC_READ_CONFLICT' : 'VALID'),
    });
    const expected = commands(8).map((command) => (isCulprit(command) ? 'LEDGER_CONFLICT' : 'committed'));
    expect(codes(results)).to.deep.equal(expected);
  });

  // Regression M4: every sale that a lagging peer of our own judged ended as LEDGER_DISAGREES.
  it('asks a pair without our own peer when endorsers differ: ours may lag', async () => {
    const { results, sent, alarms } = await deliver(3, {
      endorse: ({ endorsers }) => {
        if (endorsers.includes('ResellerMSP')) throw mismatch();
      },
    });
    expect(codes(results)).to.deep.equal(['committed', 'committed', 'committed']);
    expect(sent).to.have.length(2);
    expect(alarms).to.deep.equal([]);
  });

  it('says that the ledger is unavailable, and alarms nobody, where endorsers that lag differ to the end', async () => {
    const { results, sent, alarms } = await deliver(1, {
      endorse: () => {
        throw mismatch();
      },
      caughtUp: (organizations) => !organizations.includes('VenueMSP'),
    });
    expect(codes(results)).to.deep.equal(['LEDGER_UNAVAILABLE']);
    expect(alarms).to.deep.equal([]);
    expect(new Set(sent.map(({ endorsers }) => endorsers.toSorted().join())).size).to.equal(3);
  });

  it('alarms only when every pair has differed at the same height', async () => {
    const { results, sent, alarms } = await deliver(1, {
      endorse: () => {
        throw mismatch();
      },
    });
    expect(codes(results)).to.deep.equal(['LEDGER_DISAGREES']);
    expect(alarms).to.deep.equal(['LEDGER_DISAGREES']);
    // The first was asked before anybody looked at heights.
    expect(sent).to.have.length(4);
  });

  it('does not say so of a command while others write what it touches: who heard of that first may differ', async () => {
    const touched: (readonly string[])[] = [];
    const { results, alarms } = await deliver(1, {
      endorse: () => {
        throw mismatch();
      },
      stoodStill: (keys) => {
        touched.push(keys);
        return false;
      },
    });
    expect(codes(results)).to.deep.equal(['LEDGER_UNAVAILABLE']);
    expect(alarms).to.deep.equal([]);
    const { reads, writes } = placeOrder(commands(1)[0]!, 'ResellerMSP').order.footprint;
    expect(touched[0]).to.have.members([...reads, ...writes]);
  });

  it('does not say so either where nobody can tell whether others did', async () => {
    const { results, alarms, warnings } = await deliver(1, {
      endorse: () => {
        throw mismatch();
      },
      stoodStill: () => {
        throw new GatewayError('LEDGER_UNAVAILABLE');
      },
    });
    expect([codes(results), alarms]).to.deep.equal([['LEDGER_UNAVAILABLE'], []]);
    expect(warnings[0]?.message).to.equal('whether endorsers had the same records can not be told');
  });

  it('finds the command on which endorsers disagree, and alarms', async () => {
    const { results, alarms } = await deliver(5, {
      endorse: (sent) => {
        if (sent.commands.some(isCulprit)) throw mismatch();
      },
    });
    expect(codes(results)).to.deep.equal(['committed', 'committed', 'LEDGER_DISAGREES', 'committed', 'committed']);
    expect(alarms).to.deep.equal(['LEDGER_DISAGREES']);
  });

  it('finds it among a hundred in few proposals, while the others need not wait for that', async () => {
    const allotment = anAllotment(event);
    const sales = Array.from(
      { length: 100 },
      (_, index) => aSale(allotment, { seats: [`floor:A:${index + 1}`] }).command,
    );
    const poison = JSON.stringify(sales[20]);
    const { clock, ledger, lanes, alarms } = aBench({
      endorse: (sent) => {
        if (sent.commands.some((command) => JSON.stringify(command) === poison)) throw mismatch();
      },
    });
    const start = clock.now();
    const submitted = sales.map((command) => lanes.submit(command));
    const innocent = await settled(clock, submitted.slice(50));
    const halfMs = clock.now() - start;
    const results = [...(await settled(clock, submitted.slice(0, 50))), ...innocent];
    const refused = codes(results).flatMap((code, index) => (code === 'committed' ? [] : [[index, code]]));
    expect(refused).to.deep.equal([[20, 'LEDGER_DISAGREES']]);
    expect(alarms).to.deep.equal(['LEDGER_DISAGREES']);
    // Three panels for the batch, one for each part that it is divided into, three again for the one command.
    expect(ledger.sent.length).to.be.at.most(4 + 2 * 7 + 4);
    expect(clock.now() - start).to.be.above(1.3 * halfMs);
    expect(halfMs).to.be.below(1_000);
  });

  it('keeps nobody waiting for a command that he has nothing to do with, though others of his batch meet', async () => {
    const [allotment, buyer] = [anAllotment(event), newKey()];
    const sales = Array.from({ length: 8 }, (_, index) =>
      aSale(allotment, { seats: [`floor:A:${index + 1}`], ...((index === 3 || index === 4) && { buyer }) }),
    ).map(({ command }) => command);
    const poison = JSON.stringify(sales[0]);
    const { clock, lanes } = aBench({
      endorse: (sent) => {
        if (sent.commands.some((command) => JSON.stringify(command) === poison)) throw mismatch();
      },
    });
    const start = clock.now();
    const submitted = sales.map((command) => lanes.submit(command));
    await settled(clock, submitted.slice(5));
    const othersMs = clock.now() - start;
    expect(codes(await settled(clock, submitted))[0]).to.equal('LEDGER_DISAGREES');
    expect(clock.now() - start).to.be.above(1.3 * othersMs);
  });

  describe('of a batch with which something is wrong in every part', () => {
    const allotment = anAllotment(event);
    const sales = Array.from(
      { length: 40 },
      (_, index) => aSale(allotment, { seats: [`floor:A:${index + 1}`] }).command,
    );
    const script: Script = {
      endorse: ({ commands: { length } }) => {
        if (length > 1) throw new LedgerFailure('endorse', 'unknown', 'as the test wants it');
      },
    };

    it('sends eight parts at once', async () => {
      const { clock, ledger, lanes } = aBench(script);
      const results = await settled(
        clock,
        sales.map((command) => lanes.submit(command)),
      );
      expect(new Set(codes(results))).to.deep.equal(new Set(['committed']));
      expect(ledger.maxInFlight).to.equal(8);
    });

    it('sends one at a time of who goes apart from others', async () => {
      const { clock, ledger } = aBench(script);
      const report = () => undefined;
      const all = sales.map((command) => placeOrder(command, ledger.mspId));
      const delivered = deliverBatch(
        all.map(({ order }) => ({ ...order, lane: `${order.lane} holder` })),
        {
          ...{ clock, ledger, report, random: () => 0.5, doubts: new Doubts(), putBack: report, measured: report },
          quarantine: new Quarantine({ clock, report }),
          endorsers: new Endorsers({
            own: ledger.mspId,
            organizations: ['OrganizerMSP', ledger.mspId],
            needed: 2,
            clock,
          }),
        },
      );
      await settled(clock, [delivered]);
      const results = await settled(
        clock,
        all.map(({ committed }) => committed),
      );
      expect(new Set(codes(results))).to.deep.equal(new Set(['committed']));
      expect(ledger.maxInFlight).to.equal(1);
    });
  });

  it('finds the command for which two organizations refuse a whole batch', async () => {
    const { results } = await deliver(4, {
      endorse: (sent) => {
        if (sent.commands.some(isCulprit)) throw claimed('ResellerMSP', 'OrganizerMSP');
      },
    });
    expect(codes(results)).to.deep.equal(['committed', 'committed', 'TOO_LARGE', 'committed']);
  });

  // Regression H5: one organization's peer could have every batch refused for good.
  it('asks others where one organization alone claims that a batch is refused', async () => {
    const { results, sent } = await deliver(2, {
      endorse: ({ endorsers }) => {
        if (endorsers.includes('OrganizerMSP')) throw claimed('OrganizerMSP');
      },
    });
    expect(codes(results)).to.deep.equal(['committed', 'committed']);
    expect(sent.map(({ endorsers }) => endorsers[1])).to.deep.equal(['OrganizerMSP', 'VenueMSP']);
  });

  it('takes the same claim of two organizations, one after the other, for the refusal', async () => {
    const { results, sent } = await deliver(1, {
      endorse: ({ endorsers }) => {
        throw claimed(endorsers[1] ?? '');
      },
    });
    expect(codes(results)).to.deep.equal(['TOO_LARGE']);
    expect(sent).to.have.length(2);
  });

  it('has everybody endorse after an endorsement policy failed', async () => {
    const { results, sent } = await deliver(1, {
      commit: ({ endorsers }) => (endorsers.length < 3 ? 'ENDORSEMENT_POLICY_FAILURE' : 'VALID'),
    });
    expect(codes(results)).to.deep.equal(['committed']);
    expect(sent.map(({ endorsers }) => endorsers.length)).to.deep.equal([2, 3]);
  });

  it('looks up what decided when its transaction was a duplicate', async () => {
    const { results } = await deliver(1, {
      commit: () => 'DUPLICATE_TXID',
      lookUp: () => ({ code: 'VALID', block: 3 }),
    });
    expect((results[0] as Committed).block).to.equal(3);
  });

  it('answers every caller even where nobody foresaw what happened', async () => {
    const { results, alarms } = await deliver(2, {
      endorse: () => {
        throw new TypeError('a defect');
      },
    });
    expect(codes(results)).to.deep.equal(['INTERNAL', 'INTERNAL']);
    expect(alarms).to.have.length(1);
  });
});
