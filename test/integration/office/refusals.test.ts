/** Every code that a caller of the REST interface can be refused with, by the real ledger through the real gateways. */
import { expect } from 'chai';
import { REFUSAL_CODES, type RefusalCode } from '../../../chaincode/domain/refusal.js';
import { ProblemError } from '../../../gateway/client/problem-error.js';
import { STATUS } from '../../../gateway/http/problem.js';
import { codeOf } from '../../support/code-of.js';
import { hours, liveScene, openSchedule, putOff, seconds } from '../../support/live-scene.js';
import { aVote } from '../../support/proposals.js';
import { EVERYBODY, realNetwork, type Party, type RealNetwork } from '../../support/real-network.js';
import { send } from '../../support/rest.js';
import { aKeyRegistration, anEventChange, newKey, type Command } from '../../support/statements.js';
import { until } from '../../support/until.js';
import { FIRST_HAND, setFirstHand } from './refusals/first-hand.js';
import { GOVERNANCE, setGovernance, type BriefProposal } from './refusals/governance.js';
import type { Refused } from './refusals/refused.js';
import { SECOND_HAND, setSecondHand } from './refusals/second-hand.js';

/**
 * No request can bring these about, for batches, foundings and the list of a settlement's payees are made by gateways and set-up; or they would
 * leave the shared network changed: governance.test.ts suspends, and nobody admits sixty organizations.
 */
const BEYOND_REST: readonly RefusalCode[] = [
  'MALFORMED_BATCH',
  'UNKNOWN_COMMAND',
  'ORGANIZATION_NOT_ACTIVE',
  'ALREADY_FOUNDED',
  'NOT_FOUNDED',
  'FOUNDING_MISMATCH',
  'TOO_MANY_ORGANIZATIONS',
  'PAYEES_MISMATCH',
];
/** The committee's: not brought about through REST yet. Each is by the ledger's rules, in unit tests (domain/refusal-codes.test.ts). */
const ONLY_IN_UNIT_TESTS: readonly RefusalCode[] = [
  'UNKNOWN_CREDENTIAL',
  'NO_COMMITTEE',
  'KEY_EXISTS',
  'KEY_NOT_USABLE',
  'KEY_NEEDED',
  'STALE_GENERATION',
  'CREDENTIAL_NOT_REQUIRED',
  'SCALAR_INVALID',
  'POINT_INVALID',
  'PROOF_INVALID',
  'WRONG_ROUND',
  'ROUND_NOT_OVER',
  'NOT_A_DEALER',
  'NOT_A_RECIPIENT',
  'ALREADY_POSTED',
  'DIGEST_MISMATCH',
  'COMMITMENTS_WRONG',
  'POSSESSION_INVALID',
  'PUBLIC_SHARE_MISMATCH',
  'RECIPIENTS_MISMATCH',
  'UNKNOWN_DEALING',
  'COMPLAINT_REPEATED',
  'GROUP_KEY_MISMATCH',
  'STATEMENTS_TOO_FEW',
  'STATEMENTS_DIFFER',
  'SIGNER_REPEATED',
  'STALE_EPOCH',
  'PERSON_EXISTS',
  'UNKNOWN_PERSON',
  'CREDENTIAL_EXISTS',
  'STALE_SEQUENCE',
  'REPLACEMENT_MISMATCH',
  'KEY_REPLACEMENT_PENDING',
  'NO_REPLACEMENT',
];
const REFUSALS = { ...FIRST_HAND, ...SECOND_HAND, ...GOVERNANCE };
const MAX_KEYS = 64;

describe('refusals through REST', () => {
  let network: RealNetwork;
  let brief: BriefProposal;

  before(async () => {
    network = await realNetwork();
    await setFirstHand(network);
    await setSecondHand(network);
    brief = await setGovernance(network);
  });

  for (const [code, [by, command]] of Object.entries(REFUSALS) as [RefusalCode, Refused][]) {
    it(code, async () => {
      const { problem } = await refusalOf(network[by], command());
      expect(problem).to.include({ code, status: STATUS[code], type: `urn:guichet:problem:${code}` });
      expect(problem.field, 'field').to.be.a('string');
    });
  }

  it('TOO_MANY_KEYS', async () => {
    const validity = { notBefore: hours(-1), notAfter: hours(1) };
    const keys = Array.from({ length: MAX_KEYS + 1 }, () => aKeyRegistration(newKey(), 'attestor', validity));
    const codes = await Promise.all(keys.map((key) => codeOf(send(network.venue, key))));
    // Set-up has registered the venue's attestor.
    expect(codes.filter((code) => code === 'accepted')).to.have.length(MAX_KEYS - 1);
    expect(codes).to.include('TOO_MANY_KEYS');
  });

  it('PROPOSAL_EXPIRED', async () => {
    await until(() => seconds(0) > brief.expiresAt);
    expect(await codeOf(send(network.venue, aVote(brief)))).to.equal('PROPOSAL_EXPIRED');
  });

  it('EVENT_ENDED', async () => {
    const end = seconds(20);
    const times = { salesCloseAt: end, transfersCloseAt: end, startsAt: end, endsAt: end };
    const { event } = liveScene({ schedule: openSchedule(times) });
    await network.organizer.ledger.accept([event.command], EVERYBODY);
    await until(() => seconds(0) > end);
    const schedule = putOff(event.payload.schedule);
    const late = anEventChange(event, { action: 'postpone', schedule });
    expect(await codeOf(send(network.organizer, late))).to.equal('EVENT_ENDED');
  });

  it('are all that there are', () => {
    const seen = [
      ...Object.keys(REFUSALS),
      'TOO_MANY_KEYS',
      'PROPOSAL_EXPIRED',
      'EVENT_ENDED',
      ...BEYOND_REST,
      ...ONLY_IN_UNIT_TESTS,
    ];
    expect(seen.sort()).to.deep.equal([...REFUSAL_CODES].sort());
  });
});

async function refusalOf(party: Party, command: Command): Promise<ProblemError> {
  const answer: unknown = await send(party, command).catch((error: unknown) => error);
  if (answer instanceof ProblemError) return answer;
  throw new Error(`was not refused but ${JSON.stringify(answer)}`);
}
