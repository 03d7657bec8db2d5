/** The whole story, chapter after chapter. */
import { settleOn, type Cast } from './cast.js';
import { tellDoor } from './chapters/door.js';
import { tellEvent } from './chapters/event.js';
import { tellHands } from './chapters/hands.js';
import { tellProof } from './chapters/proof.js';
import { tellSale } from './chapters/sale.js';
import { Fan } from './fan.js';
import { Narrator, StoryBroken, type NarratorOptions } from './narrator.js';

/** @throws {StoryBroken} at the first step that does not hold */
export async function tellStory(cast: Cast, how: Omit<NarratorOptions, 'settle'>): Promise<Narrator['counts']> {
  const narrator = new Narrator({ ...how, settle: settleOn(cast) });
  const { channel, consensus, height, peers, orderers } = await cast.organizer.client.network();
  const event = `${cast.organizer.mspId}:tempest-${Date.now().toString(36)}`;
  narrator.title(
    'Guichet: a box office that no single company controls',
    `Channel ${channel}, ${peers.length} peers, ${orderers.length} orderers (${consensus}), ${height} blocks. Everything below goes through the REST interface of the organization that does it.`,
  );
  const stage = { ...cast, channel, event, narrator };
  const fan = (name: string) => new Fan({ name, channel, event });
  const [ada, ben, cleo] = [fan('Ada'), fan('Ben'), fan('Cleo')];

  await tellEvent(stage);
  const [first] = await tellSale(stage, ada, ben);
  if (!first) throw new StoryBroken('the sale has no tickets');
  const resold = await tellHands(stage, first, { ada, ben, cleo });
  await tellDoor(stage, resold, cleo);
  await tellProof(stage, first.ticket);
  return narrator.counts;
}
