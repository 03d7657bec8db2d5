/** The event is cancelled: whoever gave money for a ticket gets back what he has not had back already, ticket by ticket, and it is paid out. */
import type { ResaleRecord } from '../../../chaincode/domain/records.js';
import { StoryBroken } from '../narrator.js';
import type { Stage } from '../cast.js';
import { balanceOf } from '../exchange.js';
import type { Fan, TicketVersion } from '../fan.js';
import { pounds } from '../pounds.js';
import { PRICE_MINOR } from './event.js';

export interface Tickets {
  /** Came back to its seller, and was refunded for that. */
  readonly returned: TicketVersion;
  /** Went from Ada to Ben at a loss, from Ben to Cleo with a gain. */
  readonly resold: TicketVersion;
  /** Cleo's, who is inside or was. */
  readonly admitted: TicketVersion;
}

export async function tellCancellation(stage: Stage, { returned, resold, admitted }: Tickets): Promise<void> {
  const { narrator, organizer, venue, event, fans } = stage;
  narrator.chapter(
    'The cancellation',
    'A real tempest: the event is called off. No transaction touches every ticket; each is settled when somebody asks, along the hands that it went through.',
  );
  const { change } = await organizer.client.event(event);
  await narrator.happens(
    'The organizer cancels the event with its key',
    organizer.client.changeEvent(event, { change, action: 'cancel' }),
  );
  await tellThree(stage, resold);
  const { ticket, issue } = admitted;
  await narrator.happens('A 12 is settled as well, although Cleo was inside', venue.client.settle(ticket, issue));
  await narrator.refuses(
    'Ben had brought that seat back and was refunded: the cancellation owes him nothing for it',
    'NOTHING_DUE',
    venue.client.settle(returned.ticket, returned.issue),
  );
  await tellPayout(stage, fans.ada);
}

/** Three people paid for one ticket, and each is even. */
async function tellThree(stage: Stage, { ticket, issue }: TicketVersion): Promise<void> {
  const { narrator, reseller, venue, fans } = stage;
  const [ada, ben, cleo] = [fans.ada, fans.ben, fans.cleo];
  const balances = () => Promise.all([ada, ben, cleo].map((fan) => balanceOf(stage, fan)));
  const [loss, gain] = (await reseller.client.ticket(ticket)).resales ?? [];
  if (!loss || !gain) throw new StoryBroken('the ticket was not resold twice');
  const before = await balances();
  await narrator.happens('A 13 is settled for all who paid for it', venue.client.settle(ticket, issue));
  const after = await balances();
  const [toAda, toBen, toCleo] = after.map((balance, index) => balance - (before[index] ?? 0));
  tellRow(stage, ada, PRICE_MINOR, loss, toAda);
  tellRow(stage, ben, loss.totalMinor, gain, toBen);
  tellRow(stage, cleo, gain.totalMinor, undefined, toCleo);
  narrator.says(`Ben's gain of ${pounds(gain.surplusMinor)} waited in escrow: it went back to whom it came from.`);
  await narrator.refuses('Asked again, nothing is due any more', 'NOTHING_DUE', venue.client.settle(ticket, issue));
}

/** @param sold how the fan had sold it on */
function tellRow(
  { narrator }: Stage,
  fan: Fan,
  paidMinor: number,
  sold: ResaleRecord | undefined,
  backMinor = 0,
): void {
  const soldMinor = sold?.proceedsMinor ?? 0;
  const had = sold ? `, got ${pounds(soldMinor)} for it` : '';
  const gets = backMinor === 0 ? 'nothing more' : pounds(backMinor);
  narrator.holds(
    `${fan.name} paid ${pounds(paidMinor)}${had} and gets ${gets}: even`,
    soldMinor + backMinor === paidMinor,
  );
}

async function tellPayout(stage: Stage, ada: Fan): Promise<void> {
  const { narrator, reseller } = stage;
  const { client, mspId: payer } = reseller;
  const amountMinor = await balanceOf(stage, ada);
  const payout = (minor: number) => client.payout(ada.collect({ payer, amountMinor: minor, currency: 'GBP' }).jws);
  const { jws } = ada.collect({ payer, amountMinor, currency: 'GBP' });
  const paid = await narrator.happens(`Ada has ${payer} pay out her ${pounds(amountMinor)}`, client.payout(jws));
  await narrator.replays('The same order again is paid once', paid, client.payout(jws));
  await narrator.refuses('A second order finds nothing left', 'INSUFFICIENT_BALANCE', payout(amountMinor));
}
