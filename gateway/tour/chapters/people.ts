/** One person, one credential, and nobody learns who: two people enrol, buy up to the limit wherever they buy, and show a document at the door. */
import type { NewAllotment } from '../../client/guichet-client.js';
import { newCommandId } from '../../http/command-id.js';
import { awaitKey } from '../await-key.js';
import type { Party, Stage } from '../cast.js';
import { Fan } from '../fan.js';
import { StoryBroken } from '../narrator.js';
import { issuePassport, Person } from '../person.js';
import { tellDocuments, type People } from './documents.js';
import { FACE_MINOR, FEE_MINOR, PRICE_MINOR, scheduleFrom } from './event.js';

const LIMIT = 2;
const A_MOMENT_MS = 5_000;

/** At an event of its own, with holders who are people. */
export async function tellPeople(before: Stage): Promise<void> {
  const stage = { ...before, event: `${before.event}-2` };
  stage.narrator.chapter(
    'One person, one credential',
    'Anybody can make keys, so a limit per key is no limit. Here every holder is a person: who has shown a document, once, to any box office. A committee of nodes turns it into a pseudonym for each event; no node, no organization and nobody who reads the ledger learns whose it is.',
  );
  await tellEvent(stage);
  const people = await tellEnrolments(stage);
  await tellLimit(stage, people);
}

async function tellEvent(stage: Stage): Promise<void> {
  const { narrator, organizer, reseller, venue, event } = stage;
  await narrator.happens(
    `“The Winter's Tale” is for enrolled people only, ${LIMIT} tickets each, and the door looks at documents`,
    organizer.client.createEvent({
      ...{ event, name: "The Winter's Tale", venue: venue.mspId, currency: 'GBP' },
      schedule: scheduleFrom(Date.now(), -A_MOMENT_MS),
      policy: {
        ...{ credentialRequired: true, gateCheck: 'document' },
        perPersonLimit: { primary: LIMIT, resale: LIMIT },
      },
    }),
  );
  for (const [seller, row] of [
    [reseller, 'A'],
    [organizer, 'B'],
  ] as const)
    await narrator.happens(
      `Row ${row} goes to ${seller.mspId}`,
      organizer.client.createAllotment(event, rowOf(seller, row)),
    );
  const { usable } = await awaitKey(stage, event);
  const [n, t] = [usable?.nodes.length ?? 0, usable?.threshold ?? 0];
  narrator.holds(
    `${n} nodes have made its key in shares that never met: any ${t} can use it, fewer learn nothing`,
    n > t && t > 1,
  );
}

const rowOf = ({ mspId }: Party, row: string): NewAllotment => ({
  ...{ allotment: `row-${row.toLowerCase()}`, seller: mspId, priceClass: 'stalls', facePriceMinor: FACE_MINOR },
  fees: [{ kind: 'service', payee: mspId, amountMinor: FEE_MINOR }],
  seats: { section: 'stalls', rows: [[row, 1, 10]] },
});

async function tellEnrolments(stage: Stage): Promise<People> {
  const { narrator, reseller, event } = stage;
  const passport = await issuePassport(stage, 'SPECIMEN', 'DANA');
  const dana = await Person.with(stage, { passport, attestor: reseller });
  const eli = await Person.with(stage, {
    passport: await issuePassport(stage, 'SPECIMEN', 'ELI'),
    attestor: reseller,
  });
  await narrator.happens(
    `Dana shows a specimen passport to ${reseller.mspId} and is registered, as a pseudonym`,
    dana.register(),
  );
  await narrator.happens('So is Eli', eli.register());
  const second = await Person.with(stage, { passport, attestor: reseller, brazen: true });
  await narrator.refuses(
    'Dana comes again with another phone: the same document, the same pseudonym',
    'PERSON_EXISTS',
    second.register(),
  );
  const enrolled = await narrator.happens('For this event Dana gets another pseudonym', dana.goTo(event));
  narrator.fact('Dana, here', `${enrolled.credential.slice(0, 16)}…`);
  await narrator.happens('And Eli another', eli.goTo(event));
  return { dana, eli };
}

async function tellLimit(stage: Stage, people: People): Promise<void> {
  const { narrator, organizer, reseller, channel, event } = stage;
  const wanted = (seller: Party, seat: string) => ({
    ...{ seller: seller.mspId, seats: [seat], currency: 'GBP', maxTotalMinor: PRICE_MINOR },
  });
  const stranger = new Fan({ name: 'Fred', channel, event });
  await narrator.refuses(
    'Fred, who never enrolled, can buy nothing',
    'CREDENTIAL_REQUIRED',
    reseller.client.sell({ request: stranger.purchase(wanted(reseller, 'stalls:A:1')).jws }),
  );
  const buy = async (seller: Party, seat: string) => {
    const { seats, ...rest } = wanted(seller, seat);
    const purchase = { event, ...rest, wanted: { seats }, paymentReference: newCommandId() };
    const { jws } = await (await people.dana.walletFor(event)).signPurchase(purchase);
    return seller.client.sell({ request: jws });
  };
  const { tickets } = await narrator.happens(`Dana buys a ticket from ${reseller.mspId}`, buy(reseller, 'stalls:A:1'));
  await narrator.happens(`and another from ${organizer.mspId}`, buy(organizer, 'stalls:B:1'));
  await narrator.refuses(
    'A third is over the limit, whoever sells it: all sellers count the same person',
    'PERSON_LIMIT_REACHED',
    buy(reseller, 'stalls:A:2'),
  );
  const [ticket] = tickets;
  if (!ticket) throw new StoryBroken('Dana has no ticket');
  await tellDocuments(stage, people, ticket);
}
