/**
 * A transaction that was endorsed in time, kept back across a transition and submitted afterwards: it must conflict, because a transaction's time
 * is its client's word and nobody looks at it again after the endorsement. Each case is one thing that must not commit late, and one transition.
 */
import { expect } from 'chai';
import { hours } from '../../support/live-scene.js';
import { outcomesOf } from '../../support/party-ledger.js';
import { EVERYBODY, ORGANIZER, realNetwork, RESELLER, type RealNetwork } from '../../support/real-network.js';
import { aKeyRegistration, aSale, newId, newKey } from '../../support/statements.js';
import { FIRST_HAND, sale } from './withheld/first-hand.js';
import { SECOND_HAND } from './withheld/second-hand.js';
import { setScene, type Case, type Situation } from './withheld/situation.js';
import { byReseller } from './withheld/transitions.js';

const DEADLINE_S = 8;
const MAX_DEADLINE_S = 64;
const CASES = [...FIRST_HAND, ...SECOND_HAND];

describe('a transaction held back', () => {
  let network: RealNetwork;

  before(async () => {
    network = await realNetwork();
  });

  // Each has an event of its own, so that all can be played at once: deadlines take their time whatever is done meanwhile.
  const outcomes = new Map<Case, Promise<Outcome>>();
  before(async () => {
    const start = (each: Case) => outcomes.set(each, playInTime(network, each, DEADLINE_S));
    CASES.filter(({ deadline }) => deadline).forEach(start);
    await Promise.allSettled(outcomes.values());
    CASES.filter(({ deadline }) => !deadline).forEach(start);
    await Promise.allSettled(outcomes.values());
  });

  for (const each of CASES) {
    it(`${each.what} across ${each.across} conflicts and changes nothing`, async () => {
      const { code, before, after } = await outcomes.get(each)!;
      expect(code).to.equal('MVCC_READ_CONFLICT');
      expect(after).to.deep.equal(before);
    });
  }

  it('a sale across the revocation of its key conflicts and changes nothing', async () => {
    const key = newKey('revoked meanwhile');
    const { ledger } = network.reseller;
    const validity = { notBefore: hours(-1), notAfter: hours(1) };
    await ledger.accept([aKeyRegistration(key, 'seller', validity)], EVERYBODY);
    const { code, before, after } = await play(network, {
      what: 'a sale',
      held: ({ floor }) => aSale(floor, { seats: ['floor:B:1'], by: key }).command,
      transition: () => ledger.accept([{ kind: 'keys.revoke', id: newId(), kid: key.kid }], EVERYBODY),
    });
    expect(code).to.equal('MVCC_READ_CONFLICT');
    expect(after).to.deep.equal(before);
  });

  it('without any transition is valid, however long it was held', async () => {
    const { code } = await play(network, {
      what: 'a sale',
      held: sale,
      transition: () => Promise.resolve(),
    });
    expect(code).to.equal('VALID');
  });
});

interface Outcome {
  readonly code: string;
  /** All records of the event, after the transition and after the submission. */
  readonly before: unknown;
  readonly after: unknown;
}

async function play(network: RealNetwork, each: Omit<Case, 'across'>, deadlineS = DEADLINE_S): Promise<Outcome> {
  const { by = byReseller, first, held, transition } = each;
  const situation = await setScene(network, each, deadlineS);
  const { ledger } = by(network);
  await first?.(situation);
  const endorsed = await ledger.withhold([await held(situation)], [ORGANIZER, RESELLER]);
  const [outcome] = outcomesOf(endorsed);
  if (!outcome?.accepted) throw new Error(`${each.what} was refused: ${JSON.stringify(outcome)}`);
  await transition(situation);
  const before = await recordsOf(situation);
  const { code } = await ledger.submit(endorsed);
  return { code, before, after: await recordsOf(situation) };
}

/** On a machine so busy that the deadline passed before the scene was set, it is set again with twice the time. */
async function playInTime(network: RealNetwork, each: Case, deadlineS: number): Promise<Outcome> {
  try {
    return await play(network, each, deadlineS);
  } catch (error) {
    if (!each.deadline || deadlineS >= MAX_DEADLINE_S) throw error;
    return playInTime(network, each, deadlineS * 2);
  }
}

async function recordsOf({ network, event }: Situation): Promise<unknown> {
  return (await network.organizer.ledger.records.list(`${event.event}/`)).records;
}
