import { expect } from 'chai';
import { eventIndexKey, eventKey, EVENT_INDEX_PREFIX } from '../../../../chaincode/domain/keys.js';
import { nowTimestamp, timestampOf } from '../../../../gateway/clock.js';
import { tellStory } from '../../../../gateway/tour/story.js';
import { aCommittee, type CommitteeInMemory } from './a-committee.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { MemoryNetwork } from './memory-network.js';

/** Each step's mark and text, and the code of a refusal. */
const stepsOf = (told: string): string[] =>
  Array.from(
    told.matchAll(/^ {2}([✔↻✘]) {2}(.+)\n(?: {5}([A-Z_]+)(?= {2}at |$))?/gm),
    ([, mark = '', text = '', code]) => `${mark} ${text}${code === undefined ? '' : ` → ${code}`}`,
  );

const STEPS = [
  '✘ British law has every resale name the seat: rules that leave this out are refused → POLICY_BREAKS_PROFILE',
  '✔ “The Tempest” is on the ledger, to be played at VenueMSP, at most 4 tickets a person',
  "✔ Row A of the stalls goes to ResellerMSP, signed with the event's key",
  '✔ Row B stays with the organizer, who sells too',
  '✘ The same row cannot be given to two sellers, not even by the organizer → SEATS_ALREADY_ALLOTTED',
  "✘ ResellerMSP cannot give itself seats: it does not hold the event's key → UNKNOWN_SIGNING_KEY",
  '✔ Ada buys stalls A 12 and A 13 from ResellerMSP for £97.00',
  '↻ Her connection breaks and she sends it again: she pays once',
  '✘ Ben wants A 13 as well → SEAT_ALREADY_SOLD',
  '✘ Ben allows a penny less than the price → PRICE_ABOVE_REQUEST',
  '✘ ResellerMSP signs a sale that is a penny dearer than its allotment → PRICE_MISMATCH',
  '✘ Ada wants three more: with the two she has that is over the limit of 4 → PERSON_LIMIT_REACHED',
  '✘ The organizer would let resales cost 110% of the first price: too late, tickets are sold → POLICY_CHANGE_UNFAVOURABLE',
  '✘ It would take returns back only until the day before → POLICY_CHANGE_UNFAVOURABLE',
  "✔ It takes 5% of a resale instead of 6%: that is in everybody's favour",
  "✘ Her price is below that; with the buyer's fee of £3.00 it is a penny above → PRICE_ABOVE_CAP",
  '✔ The rules allow that',
  '✔ Ada offers A 13 for a quick sale; the reseller takes it on',
  '✔ Everybody sees the offer and what it costs in all',
  '✘ Ben signs for a penny less → PRICE_MISMATCH',
  '✔ Ben buys it for £32.19: ticket and money change hands in one step',
  '✔ That is £32.19, to the penny',
  '✔ Ben offers it again, now at the cap to the penny',
  '✔ Cleo buys it for £48.50: ticket and money change hands in one step',
  '✔ That is £48.50, to the penny',
  '✘ Two hops on, the cap is still what Ada paid: Cleo asks a penny more → PRICE_ABOVE_CAP',
  '✔ She offers it for what she paid',
  '✔ She takes the offer back: she wants to go after all',
  '✘ Ada comes too late → STALE_TICKET',
  '✔ Ada gives A 12 to Ben; both sign',
  '✘ Ada gives the same ticket to Cleo as well → STALE_TICKET',
  '✘ She names the new change number, but it is no longer hers → NOT_THE_HOLDER',
  "✔ Ben can't come and brings it back to ResellerMSP",
  '✘ His money is due when the place is sold again, or returns close → NOTHING_DUE',
  '✔ Cleo buys the seat: the same place, the next issue',
  "✔ Her ticket is issue 2: Ben's old code opens no door",
  '✔ Now it is due; anybody may have it settled',
  "✔ £48.50 are on Ben's account",
  '✘ Asked a second time, nothing is due any more → NOTHING_DUE',
  '✔ The north gate may scan this event',
  '✔ The doors are late: the organizer puts them off a little, signed with the event key',
  '✘ Cleo comes too early → DOORS_NOT_OPEN',
  '✔ The doors open at their time, by no organization’s leave',
  '✔ Cleo is admitted',
  '✘ Her code, photographed before, is shown a second time → STALE_TICKET',
  '✘ Even a fresh code does not let a second person in → ALREADY_ADMITTED',
  '✔ She steps out in the interval',
  '✔ She comes in again with a fresh code',
  '✔ The steward scanned one too many and takes it back',
  '✔ Every step holds',
  '✔ With another name in it, the step “event” fails: SIGNATURE_INVALID',
  '✔ The certificate of A 13 follows offer and purchase of both its resales, from Ada to Cleo',
  '✔ The organizer cancels the event with its key',
  '✔ A 13 is settled for all who paid for it',
  '✔ Ada paid £48.50, got £26.42 for it and gets £22.08: even',
  '✔ Ben paid £32.19, got £32.19 for it and gets nothing more: even',
  '✔ Cleo paid £48.50 and gets £48.50: even',
  '✘ Asked again, nothing is due any more → NOTHING_DUE',
  '✔ A 12 is settled as well, although Cleo was inside',
  '✘ Ben had brought that seat back and was refunded: the cancellation owes him nothing for it → NOTHING_DUE',
  '✔ Ada has ResellerMSP pay out her £48.50',
  '↻ The same order again is paid once',
  '✘ A second order finds nothing left → INSUFFICIENT_BALANCE',
  '✔ All organizations together owe £177.69: to the penny what the fans have on their accounts',
  "✔ “The Winter's Tale” is for enrolled people only, 2 tickets each, and the door looks at documents",
  '✔ Row A goes to ResellerMSP',
  '✔ Row B goes to OrganizerMSP',
  '✔ 4 nodes have made its key in shares that never met: any 3 can use it, fewer learn nothing',
  '✔ Dana shows a specimen passport to ResellerMSP and is registered, as a pseudonym',
  '✔ So is Eli',
  '✘ Dana comes again with another phone: the same document, the same pseudonym → PERSON_EXISTS',
  '✔ For this event Dana gets another pseudonym',
  '✔ And Eli another',
  '✘ Fred, who never enrolled, can buy nothing → CREDENTIAL_REQUIRED',
  '✔ Dana buys a ticket from ResellerMSP',
  '✔ and another from OrganizerMSP',
  '✘ A third is over the limit, whoever sells it: all sellers count the same person → PERSON_LIMIT_REACHED',
  '✔ The south gate may scan this event',
  '✘ Dana has lent Eli her phone: with her code alone the door does not open → GATE_CHECK_REQUIRED',
  '✘ Eli shows his own passport to it → NOT_THE_HOLDER',
  '✔ Dana comes without a phone: her passport opens the door',
  '✔ Dana’s passport opens what her wallet shows: the ticket is hers',
  '✔ Eli’s passport does not: with Dana’s phone he stays outside',
  '✔ The certificate shows by whose word the key that bought it is the pseudonym’s',
  '✔ OrganizerMSP proposes that VenueMSP be venue and reseller, and is for it',
  '✘ VenueMSP has no vote on itself → NOT_A_VOTER',
  '✘ ResellerMSP was shown something else than what it would vote for → PROPOSAL_MISMATCH',
  '✔ ResellerMSP is for it too',
  '✔ That is a majority: VenueMSP is venue and reseller now',
  '✔ OrganizerMSP proposes that VenueMSP be venue, and is for it',
  '✔ ResellerMSP is for it too',
  '✔ That is a majority: VenueMSP is venue now',
];

describe('tour', () => {
  let gateways: TestGateway[];
  let committee: CommitteeInMemory;
  let following: NodeJS.Timeout;
  let network: MemoryNetwork;
  beforeEach(async () => {
    network = new MemoryNetwork();
    network.now = nowTimestamp();
    gateways = await Promise.all(
      ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'].map((mspId) => aGateway({ mspId, network, attestor: true })),
    );
    committee = await aCommittee(network);
    // Real nodes follow the ledger; these look now and then.
    following = setInterval(() => void makeKeys(), 20);
  });
  afterEach(async () => {
    clearInterval(following);
    await Promise.all(gateways.map((gateway) => gateway.close()));
    await committee.close();
  });

  const looked = new Set<string>();
  /** Of new events that ask for credentials. */
  async function makeKeys(): Promise<void> {
    const { ledger } = network;
    for (const key of ledger.records().keys()) {
      const event = key.slice(EVENT_INDEX_PREFIX.length);
      if (key !== eventIndexKey(event) || looked.has(event)) continue;
      looked.add(event);
      if (ledger.read(eventKey(event))?.policy.credentialRequired) await committee.make(event);
    }
  }

  // Sealed markets are told on the real network: test/integration/office/tour.test.ts.
  it('holds in every step', async () => {
    const [organizer, reseller, venue] = gateways.map(({ mspId, operator, services }) => ({
      mspId,
      client: operator,
      signer: services.signer,
    }));
    const lines: string[] = [];
    const write = (line: string) => {
      lines.push(line);
      // Doors open a little later, and nobody waits for that here.
      if (line.includes('Cleo comes too early')) network.now = timestampOf(Date.now() + 60_000);
    };
    const { held, refused } = await tellStory(
      { organizer: organizer!, reseller: reseller!, venue: venue!, others: [], nodes: committee.clients },
      { write, colours: false, markets: false },
    );
    expect(stepsOf(lines.join(''))).to.deep.equal(STEPS);
    expect([held, refused]).to.deep.equal([STEPS.length, STEPS.filter((step) => step.startsWith('✘')).length]);
    expect(lines.join('')).to.include('SEAT_ALREADY_SOLD  at sale.seats[0]');
  });
});
