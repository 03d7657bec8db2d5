/** Regression H1: a caller was told a final no while a transaction that had been sent before with his command could still commit. */
import { expect } from 'chai';
import type { Outcome } from '../../../../chaincode/domain/batch.js';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../../../gateway/errors.js';
import type { Committed } from '../../../../gateway/fabric/ledger.js';
import { anAdvance, anEvent } from '../../../support/statements.js';
import { aBench, claimed, mismatch, settled, unavailable, type Script, type Sent } from './scripted-ledger.js';

const event = anEvent();
const advance = (number: number) => anAdvance(event, `advance-${number}`);
const expired: Outcome = { accepted: false, code: 'STATEMENT_EXPIRED', details: {} };
const accepted = (tx: string): Outcome => ({ accepted: true, receipt: { tx } });
const told = (results: readonly (Committed | Error)[]) =>
  results.map((result) => {
    if (result instanceof GatewayError) return [result.code, result.details.tx];
    if (result instanceof Refusal) return [result.code];
    return result instanceof Error ? [result.message] : [result.receipt.tx];
  });

/** The first transaction is lost from sight; every later proposal is refused for time. */
const lost = {
  submit: ({ tx }: Sent) => {
    if (tx === 'tx-1') throw unavailable('submit');
  },
  outcome: (_: unknown, { tx }: Sent) => (tx === 'tx-1' ? accepted(tx) : expired),
} satisfies Script;

async function submit(script: Script, count = 1) {
  const bench = aBench(script);
  const commands = Array.from({ length: count }, (_, index) => advance(index + 1));
  const results = await settled(
    bench.clock,
    commands.map((command) => bench.lanes.submit(command)),
  );
  return { ...bench, told: told(results) };
}

describe('in doubt', () => {
  it('a refusal for time is no final no: the outcome is unknown, and the transaction named', async () => {
    const { told, alarms } = await submit(lost);
    expect(told).to.deep.equal([['OUTCOME_UNKNOWN', 'tx-1']]);
    expect(alarms).to.deep.equal(['OUTCOME_UNKNOWN']);
  });

  it('every end at the endorsement is unknown too', async () => {
    const failures = [
      () => unavailable('endorse'),
      mismatch,
      () => claimed('OrganizerMSP', 'VenueMSP'),
      () => new TypeError('a defect'),
    ];
    for (const failure of failures) {
      const { told } = await submit({
        ...lost,
        endorse: ({ tx }) => {
          if (tx !== 'tx-1') throw failure();
        },
      });
      expect(told).to.deep.equal([['OUTCOME_UNKNOWN', 'tx-1']]);
    }
  });

  it('a receipt is safe to answer', async () => {
    const { told } = await submit({
      ...lost,
      outcome: (_, { tx }) => (tx === 'tx-1' ? accepted(tx) : ({ ...accepted('tx-1'), replayed: true } as Outcome)),
    });
    expect(told).to.deep.equal([['tx-1']]);
  });

  it('is over once the transaction is finally invalid: then no is no', async () => {
    let lookUps = 0;
    const { told } = await submit({
      ...lost,
      lookUp: ({ tx }) => (tx === 'tx-1' && ++lookUps > 3 ? { code: 'MVCC_READ_CONFLICT', block: 9 } : undefined),
    });
    expect(told).to.deep.equal([['STATEMENT_EXPIRED']]);
  });

  it('is not over for a duplicate, which says nothing of the first copy', async () => {
    const { told } = await submit({ commit: () => 'DUPLICATE_TXID', outcome: lost.outcome });
    expect(told).to.deep.equal([['OUTCOME_UNKNOWN', 'tx-1']]);
  });

  it('is over when another transaction has applied what it would', async () => {
    const { told } = await submit(
      { ...lost, outcome: ({ id }, { tx }) => (tx !== 'tx-1' && id === 'advance-2' ? expired : accepted(tx)) },
      2,
    );
    expect(told).to.deep.equal([['tx-2'], ['STATEMENT_EXPIRED']]);
  });

  it('survives the splitting of a batch', async () => {
    const { told } = await submit(
      {
        ...lost,
        endorse: ({ tx, commands }) => {
          if (tx !== 'tx-1' && commands.length > 1) throw claimed('OrganizerMSP', 'VenueMSP');
        },
      },
      4,
    );
    expect(told).to.deep.equal(Array.from({ length: 4 }, () => ['OUTCOME_UNKNOWN', 'tx-1']));
  });

  it('survives the caller, who repeats his command', async () => {
    const { clock, lanes } = await submit(lost);
    const results = await settled(clock, [lanes.submit(advance(1)), lanes.submit(advance(7))]);
    expect(told(results)).to.deep.equal([['OUTCOME_UNKNOWN', 'tx-1'], ['STATEMENT_EXPIRED']]);
  });

  it('is only who would be applied: what that transaction refused may be refused again', async () => {
    const { told } = await submit(
      { ...lost, outcome: ({ id }, { tx }) => (tx === 'tx-1' && id === 'advance-1' ? accepted(tx) : expired) },
      2,
    );
    expect(told).to.deep.equal([['OUTCOME_UNKNOWN', 'tx-1'], ['STATEMENT_EXPIRED']]);
  });
});
