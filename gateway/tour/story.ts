/** The whole story, chapter after chapter. */
import { timestampOf } from '../clock.js';
import { settleOn, type Cast } from './cast.js';
import { tellBooks } from './chapters/books.js';
import { tellCancellation } from './chapters/cancellation.js';
import { tellDoor } from './chapters/door.js';
import { tellEvent } from './chapters/event.js';
import { tellHands } from './chapters/hands.js';
import { tellMarket } from './chapters/market.js';
import { tellPeople } from './chapters/people.js';
import { tellProof } from './chapters/proof.js';
import { tellResale } from './chapters/resale.js';
import { tellRules } from './chapters/rules.js';
import { tellSale } from './chapters/sale.js';
import { tellVotes } from './chapters/votes.js';
import { Fan } from './fan.js';
import { Narrator, StoryBroken, type NarratorOptions } from './narrator.js';

const AN_HOUR_MS = 60 * 60 * 1000;

interface Telling extends Omit<NarratorOptions, 'settle'> {
  /** Sealed markets need nodes and gateways that drive them, and clocks that go on: not in memory. */
  readonly markets: boolean;
}

/** @throws {StoryBroken} at the first step that does not hold */
export async function tellStory(cast: Cast, { markets, ...how }: Telling): Promise<Narrator['counts']> {
  // The gateways' clocks may be behind ours; the event is new, so nothing of before is told.
  const since = timestampOf(Date.now() - AN_HOUR_MS);
  const narrator = new Narrator({ ...how, settle: settleOn(cast) });
  const { channel, consensus, height, peers, orderers } = await cast.organizer.client.network();
  const event = `${cast.organizer.mspId}:tempest-${Date.now().toString(36)}`;
  narrator.title(
    'Guichet: a box office that no single company controls',
    `Channel ${channel}, ${peers.length} peers, ${orderers.length} orderers (${consensus}), ${height} blocks. Everything below goes through the REST interface of the organization that does it.`,
  );
  const fan = (name: string) => new Fan({ name, channel, event });
  const stage = { ...cast, channel, event, narrator, fans: { ada: fan('Ada'), ben: fan('Ben'), cleo: fan('Cleo') } };

  await tellEvent(stage);
  const [first, second] = await tellSale(stage);
  if (!first || !second) throw new StoryBroken('the sale has not two tickets');
  await tellRules(stage);
  const resold = await tellResale(stage, second);
  const again = await tellHands(stage, first);
  await tellDoor(stage, again);
  await tellProof(stage, first.ticket, resold.ticket);
  await tellCancellation(stage, { returned: first, resold, admitted: again });
  await tellBooks(stage, since);
  await tellPeople(stage);
  if (markets) await tellMarket(stage);
  await tellVotes(stage);
  return narrator.counts;
}
