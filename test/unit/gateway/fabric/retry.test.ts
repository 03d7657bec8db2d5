import { expect } from 'chai';
import { StatusCode } from '@hyperledger/fabric-gateway';
import { FAILURE_REASONS } from '../../../../gateway/fabric/ledger.js';
import { Course, type Decision, type Symptom } from '../../../../gateway/fabric/retry.js';

/** What is done each time the same happens again, until the end. */
function courseOf(symptom: Symptom, commands = 1): string[] {
  const course = new Course({ commands, random: () => 1 });
  const taken: string[] = [];
  for (let count = 0; count < 100; count++) {
    const decision = course.next(symptom);
    taken.push(name(decision));
    if (!('delayMs' in decision)) return taken;
  }
  throw new Error('the course does not end');
}

function name(decision: Decision): string {
  return 'as' in decision ? `${decision.do} ${decision.as ?? ''}` : decision.do;
}

const times = (count: number, step: string): string[] => Array.from({ length: count }, () => step);
const again = (count: number) => times(count, 'new-proposal');

const ENDORSE: Readonly<Record<(typeof FAILURE_REASONS)[number], string[]>> = {
  refused: ['alarm LEDGER_UNAVAILABLE'],
  unavailable: [...again(4), 'answer LEDGER_UNAVAILABLE'],
  deadline: [...again(2), 'answer LEDGER_UNAVAILABLE'],
  mismatch: [...again(12), 'answer LEDGER_UNAVAILABLE'],
  divided: ['alarm LEDGER_DISAGREES'],
  claimed: [...again(2), 'alarm LEDGER_UNAVAILABLE'],
  unknown: [...again(1), 'alarm INTERNAL'],
};

const CODES: Readonly<Record<string, string[]>> = {
  VALID: ['answer'],
  MVCC_READ_CONFLICT: [...again(5), 'answer LEDGER_CONFLICT'],
  PHANTOM_READ_CONFLICT: [...again(5), 'answer LEDGER_CONFLICT'],
  ENDORSEMENT_POLICY_FAILURE: [...again(1), 'alarm LEDGER_DISAGREES'],
  DUPLICATE_TXID: [...times(3, 'look-up'), 'alarm OUTCOME_UNKNOWN'],
  EXPIRED_CHAINCODE: [...again(2), 'answer LEDGER_UNAVAILABLE'],
};

describe('outcomes and retries', () => {
  for (const reason of FAILURE_REASONS) {
    it(`endorse, ${reason}: ${ENDORSE[reason].join(', ')}`, () => {
      expect(courseOf({ stage: 'endorse', reason })).to.deep.equal(ENDORSE[reason]);
    });
    for (const stage of ['submit', 'commit'] as const) {
      it(`${stage}, ${reason}: the outcome is unknown, so it is looked up`, () => {
        expect(courseOf({ stage, reason })).to.deep.equal([...times(8, 'look-up'), 'alarm OUTCOME_UNKNOWN']);
      });
    }
    it(`look-up, ${reason}: looks up again`, () => {
      expect(courseOf({ stage: 'look-up', reason })).to.deep.equal([...times(4, 'look-up'), 'alarm OUTCOME_UNKNOWN']);
    });
  }

  it('refusal in doubt: gives what was sent before some time, then answers what can be said', () => {
    expect(courseOf({ stage: 'refusal' })).to.deep.equal([...again(2), 'answer']);
  });

  it('look-up, absent: resends the same envelope before it proposes anew', () => {
    const taken = ['resend', 'resend', ...again(2), 'alarm OUTCOME_UNKNOWN'];
    expect(courseOf({ stage: 'look-up', reason: 'absent' })).to.deep.equal(taken);
  });

  for (const code of Object.keys(StatusCode)) {
    const expected = CODES[code] ?? ['alarm LEDGER_DISAGREES'];
    it(`validation, ${code}: ${expected.join(', ')}`, () => {
      expect(courseOf({ stage: 'validation', code })).to.deep.equal(expected);
    });
  }

  it('alarms for a code that Fabric has not thought of yet, whatever its name', () => {
    for (const code of ['CODE_77', 'constructor']) {
      expect(courseOf({ stage: 'validation', code })).to.deep.equal(['alarm LEDGER_DISAGREES']);
    }
  });

  it('splits a batch of several commands where one of them may be the culprit', () => {
    expect(courseOf({ stage: 'validation', code: 'MVCC_READ_CONFLICT' }, 2)).to.deep.equal([...again(2), 'split']);
    expect(courseOf({ stage: 'endorse', reason: 'divided' }, 2)).to.deep.equal(['split']);
    expect(courseOf({ stage: 'endorse', reason: 'claimed' }, 2)).to.deep.equal([...again(2), 'split']);
    expect(courseOf({ stage: 'validation', code: 'ENDORSEMENT_POLICY_FAILURE' }, 2)).to.deep.equal([
      ...again(1),
      'split',
    ]);
  });

  it('counts each treatment apart, and both reasons of a conflict together', () => {
    const course = new Course({ commands: 1, random: () => 0 });
    const codes = [
      'MVCC_READ_CONFLICT',
      'PHANTOM_READ_CONFLICT',
      'MVCC_READ_CONFLICT',
      'PHANTOM_READ_CONFLICT',
      'MVCC_READ_CONFLICT',
    ];
    for (const code of codes) expect(name(course.next({ stage: 'validation', code }))).to.equal('new-proposal');
    expect(name(course.next({ stage: 'endorse', reason: 'unavailable' }))).to.equal('new-proposal');
    expect(name(course.next({ stage: 'validation', code: 'MVCC_READ_CONFLICT' }))).to.equal('answer LEDGER_CONFLICT');
  });

  it('backs off with full jitter, longer each time', () => {
    const delays = (random: number) => {
      const course = new Course({ commands: 1, random: () => random });
      return Array.from({ length: 4 }, () => course.next({ stage: 'endorse', reason: 'unavailable' })).map(
        (decision) => 'delayMs' in decision && decision.delayMs,
      );
    };
    expect(delays(1)).to.deep.equal([50, 100, 200, 400]);
    expect(delays(0)).to.deep.equal([0, 0, 0, 0]);
  });

  it('gives peers that differ time to catch up', () => {
    const course = new Course({ commands: 1, random: () => 0 });
    expect(course.next({ stage: 'endorse', reason: 'mismatch' })).to.deep.equal({ do: 'new-proposal', delayMs: 150 });
  });
});
