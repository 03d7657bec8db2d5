import { expect } from 'chai';
import { nowTimestamp } from '../../../../gateway/clock.js';
import { tellStory } from '../../../../gateway/tour/story.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { MemoryNetwork } from './memory-network.js';

/** Each step's mark and text, and the code of a refusal. */
const stepsOf = (told: string): string[] =>
  Array.from(
    told.matchAll(/^ {2}([✔↻✘]) {2}(.+)\n(?: {5}([A-Z_]+)(?= {2}at |$))?/gm),
    ([, mark = '', text = '', code]) => `${mark} ${text}${code === undefined ? '' : ` → ${code}`}`,
  );

const STEPS = [
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
  '✔ Ada gives A 12 to Ben; both sign',
  '✘ Ada gives the same ticket to Cleo as well → STALE_TICKET',
  '✘ She names the new change number, but it is no longer hers → NOT_THE_HOLDER',
  "✔ Ben can't come and brings it back to ResellerMSP",
  '✔ Cleo buys the seat: the same place, the next issue',
  "✔ Her ticket is issue 2: Ben's old code opens no door",
  '✔ The north gate may scan this event',
  '✘ Cleo comes too early → DOORS_NOT_OPEN',
  '✔ The organizer opens the doors: a change of the schedule, signed with the event key',
  '✔ Cleo is admitted',
  '✘ Her code, photographed before, is shown a second time → STALE_TICKET',
  '✘ Even a fresh code does not let a second person in → ALREADY_ADMITTED',
  '✔ She steps out in the interval',
  '✔ She comes in again with a fresh code',
  '✔ The steward scanned one too many and takes it back',
  '✔ Every step holds',
  '✔ With another name in it, the step “event” fails: SIGNATURE_INVALID',
];

describe('tour', () => {
  let gateways: TestGateway[];
  beforeEach(async () => {
    const network = new MemoryNetwork();
    network.now = nowTimestamp();
    gateways = await Promise.all(
      ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'].map((mspId) => aGateway({ mspId, network })),
    );
  });
  afterEach(() => Promise.all(gateways.map((gateway) => gateway.close())));

  it('holds in every step', async () => {
    const [organizer, reseller, venue] = gateways.map(({ mspId, operator, services }) => ({
      mspId,
      client: operator,
      signer: services.signer,
    }));
    const lines: string[] = [];
    const { held, refused } = await tellStory(
      { organizer: organizer!, reseller: reseller!, venue: venue! },
      { write: (line) => lines.push(line), colours: false },
    );
    expect(stepsOf(lines.join(''))).to.deep.equal(STEPS);
    expect([held, refused]).to.deep.equal([STEPS.length, STEPS.filter((step) => step.startsWith('✘')).length]);
    expect(lines.join('')).to.include('SEAT_ALREADY_SOLD  at sale.seats[0]');
  });
});
