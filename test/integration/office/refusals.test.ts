/** Every code that a caller of the REST interface can be refused with, by the real ledger through the real gateways. */
import { expect } from 'chai';
import { REFUSAL_CODES, type RefusalCode } from '../../../chaincode/domain/refusal.js';
import { ProblemError } from '../../../gateway/client/problem-error.js';
import { STATUS } from '../../../gateway/http/problem.js';
import { codeOf } from '../../support/code-of.js';
import { hours, liveScene, openSchedule, putOff, seconds } from '../../support/live-scene.js';
import { aVote } from '../../support/proposals.js';
import { EVERYBODY, realNetwork, VENUE, type Party, type RealNetwork } from '../../support/real-network.js';
import { send } from '../../support/rest.js';
import { aKeyRegistration, anEventChange, newKey, type Command } from '../../support/statements.js';
import { until } from '../../support/until.js';
import { takeCommittee, type LiveCommittee } from '../../support/live-committee.js';
import { SHOWN_BY_ORDERS } from '../markets/crooked/orders.js';
import { CREDENTIAL_CODES, credentialRefusals, setCredentials } from './refusals/credentials.js';
import { FIRST_HAND, setFirstHand } from './refusals/first-hand.js';
import { GOVERNANCE, setGovernance, type BriefProposal } from './refusals/governance.js';
import { cancelKeyScenes, KEY_MESSAGE_CODES, setKeyMessages, type KeyMessages } from './refusals/key-messages.js';
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
/** Each is by the ledger's rules, in unit tests (domain/refusal-codes.test.ts). */
const ONLY_IN_UNIT_TESTS: readonly RefusalCode[] = [
  // A network appoints its committee before it serves anybody.
  'NO_COMMITTEE',
  // In the shared network the dedup key would have to move to another committee, and with it everybody who is registered.
  'PUBLIC_SHARE_MISMATCH',
  // Gateways freeze, supply and read a market's pages faster than anybody could leave one out.
  'PAGES_MISSING',
  'HINTS_INCOMPLETE',
  // Doors are a quarter of an hour away at least when a market may first be aborted.
  'DOORS_OPEN',
];
/** In markets/: refused there, most of them through REST, what only another organization's own hand could submit by the ledger. */
const IN_MARKETS: readonly RefusalCode[] = [
  ...SHOWN_BY_ORDERS,
  'MARKET_SETTLING',
  'UNKNOWN_MARKET',
  'MARKET_EXISTS',
  'STALE_MARKET',
  'INVALID_MARKET',
  'MARKET_NOT_SEALED',
  'MARKET_NOT_OPEN',
  'MARKET_NOT_CLOSED',
  'MARKET_NOT_FROZEN',
  'MARKET_NOT_REVEALED',
  'MARKET_NOT_CLEARED',
  'MARKET_NOT_OVER',
  'ORDER_QUOTA',
  'ORDER_SLOT_TAKEN',
  'GUARANTEE_EXCEEDED',
  'SHARE_INVALID',
  'SHARES_TOO_FEW',
  'ROOT_MISMATCH',
];
const REFUSALS = { ...FIRST_HAND, ...SECOND_HAND, ...GOVERNANCE };
const MAX_KEYS = 64;

describe('refusals through REST', () => {
  let network: RealNetwork;
  let brief: BriefProposal;
  let committee: LiveCommittee | undefined;
  let messages: KeyMessages;

  before(async () => {
    network = await realNetwork();
    committee = await takeCommittee(network);
    messages = await setKeyMessages(network, committee);
    await setCredentials(network, committee);
    await setFirstHand(network);
    await setSecondHand(network);
    brief = await setGovernance(network);
  });
  after(async () => {
    // First, so that the nodes find nothing of it to go on with.
    await cancelKeyScenes(network).finally(() => committee?.release());
  });

  async function expectRefused(code: RefusalCode, party: Party, command: Command): Promise<void> {
    const { problem } = await refusalOf(party, command);
    expect(problem).to.include({ code, status: STATUS[code], type: `urn:guichet:problem:${code}` });
    expect(problem.field, 'field').to.be.a('string');
  }

  for (const [code, [by, command]] of Object.entries(REFUSALS) as [RefusalCode, Refused][]) {
    it(code, () => expectRefused(code, network[by], command()));
  }

  const OF_COMMITTEE = [...KEY_MESSAGE_CODES, ...CREDENTIAL_CODES];
  for (const code of OF_COMMITTEE) {
    it(code, () => {
      const [by, command] = { ...messages.refusals, ...credentialRefusals(committee!) }[code];
      return expectRefused(code, network[by], command());
    });
  }

  it('ROUND_NOT_OVER', async () => expectRefused('ROUND_NOT_OVER', network.venue, await messages.hurry()));

  it('NOT_A_DEALER', async () => expectRefused('NOT_A_DEALER', network.venue, await messages.dealLate()));

  it('NOT_A_RECIPIENT', async () => expectRefused('NOT_A_RECIPIENT', network.venue, await messages.judgeLate()));

  it('TOO_MANY_KEYS', async () => {
    const validity = { notBefore: hours(-1), notAfter: hours(1) };
    // Set-up has registered some, and so may other suites have.
    const now = seconds(0);
    const { keys: registered } = await network.venue.client.organization(VENUE);
    const before = registered.filter(({ revoked, notAfter }) => !revoked && now < notAfter).length;
    expect(before).to.be.below(MAX_KEYS);
    const keys = Array.from({ length: MAX_KEYS + 1 }, () => aKeyRegistration(newKey(), 'attestor', validity));
    const codes = await Promise.all(keys.map((key) => codeOf(send(network.venue, key))));
    const accepted = codes.filter((code) => code === 'accepted').length;
    expect(accepted).to.equal(MAX_KEYS - before);
    expect(codes.filter((code) => code === 'TOO_MANY_KEYS')).to.have.length(keys.length - accepted);
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
      ...OF_COMMITTEE,
      ...['ROUND_NOT_OVER', 'NOT_A_DEALER', 'NOT_A_RECIPIENT'],
      'TOO_MANY_KEYS',
      'PROPOSAL_EXPIRED',
      'EVENT_ENDED',
      ...BEYOND_REST,
      ...ONLY_IN_UNIT_TESTS,
      ...IN_MARKETS,
    ];
    expect(seen.sort()).to.deep.equal([...REFUSAL_CODES].sort());
  });
});

async function refusalOf(party: Party, command: Command): Promise<ProblemError> {
  const answer: unknown = await send(party, command).catch((error: unknown) => error);
  if (answer instanceof ProblemError) return answer;
  throw new Error(`was not refused but ${JSON.stringify(answer)}`);
}
