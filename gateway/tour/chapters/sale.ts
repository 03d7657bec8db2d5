/** A fan buys, and everything that must not be sold is refused. */
import { decodeStatement } from '../../../chaincode/domain/statements.js';
import type { SoldTicket } from '../../client/resources.js';
import { signOne, type SigningKeys } from '../../signer/signing-keys.js';
import type { Party, Stage } from '../cast.js';
import { pounds } from '../pounds.js';
import { LIMIT, PRICE_MINOR, STALLS, FACE_MINOR, FEE_MINOR } from './event.js';

/** @returns the two tickets that Ada has then */
export async function tellSale(stage: Stage): Promise<readonly SoldTicket[]> {
  const { narrator, reseller, fans } = stage;
  const { ada, ben } = fans;
  narrator.chapter(
    'The sale',
    'Two signatures make a ticket: the fan signs what it wants and what it pays at most, the seller signs what it sells. The price is in the allotment, to the penny.',
  );
  const { client, mspId: seller } = reseller;
  const wish = (...seats: string[]) => ({ seller, seats, currency: 'GBP', maxTotalMinor: PRICE_MINOR * seats.length });
  const request = ada.purchase(wish('stalls:A:12', 'stalls:A:13'));
  const receipt = await narrator.happens(
    `Ada buys stalls A 12 and A 13 from ${seller} for ${pounds(2 * PRICE_MINOR)}`,
    client.sell({ request: request.jws }),
  );
  await narrator.replays(
    'Her connection breaks and she sends it again: she pays once',
    receipt,
    client.sell({ request: request.jws }),
  );
  await narrator.refuses(
    'Ben wants A 13 as well',
    'SEAT_ALREADY_SOLD',
    client.sell({ request: ben.purchase(wish('stalls:A:13')).jws }),
  );
  await narrator.refuses(
    'Ben allows a penny less than the price',
    'PRICE_ABOVE_REQUEST',
    client.sell({ request: ben.purchase({ ...wish('stalls:A:14'), maxTotalMinor: PRICE_MINOR - 1 }).jws }),
  );
  const dear = ben.purchase({ ...wish('stalls:A:14'), maxTotalMinor: PRICE_MINOR + 1 }).jws;
  await narrator.refuses(
    `${seller} signs a sale that is a penny dearer than its allotment`,
    'PRICE_MISMATCH',
    client.sell({ request: dear, sale: await dishonestSale(reseller, dear) }),
  );
  await narrator.refuses(
    `Ada wants three more: with the two she has that is over the limit of ${LIMIT}`,
    'PERSON_LIMIT_REACHED',
    client.sell({ request: ada.purchase(wish('stalls:A:14', 'stalls:A:15', 'stalls:A:16')).jws }),
  );
  return receipt.tickets;
}

/** What a seller could sign with its own key, if it meant ill: its signer checks the form, the ledger checks the price. */
async function dishonestSale({ signer, client, mspId }: Party, jws: string): Promise<string> {
  const { payload: asked, digest, signer: buyer } = decodeStatement('purchase', jws, 'request');
  const { channel, event, exp, seller, currency, paymentReference, seats = [] } = asked;
  const payload = {
    channel,
    event,
    exp,
    jti: paymentReference,
    seller,
    request: digest,
    buyer,
    allotment: STALLS,
    seats,
    facePriceMinor: FACE_MINOR + 1,
    feesMinor: FEE_MINOR,
    totalMinor: PRICE_MINOR + 1,
    currency,
  };
  const registered = (await client.organization(mspId)).keys.filter(({ use, revoked }) => use === 'seller' && !revoked);
  return (
    await signOne(signer, {
      kid: await heldOf(
        signer,
        registered.map(({ kid }) => kid),
      ),
      name: 'sale',
      payload,
    })
  ).jws;
}

async function heldOf(signer: SigningKeys, kids: readonly string[]): Promise<string> {
  const held = (await signer.listKeys()).find(({ kid }) => kids.includes(kid));
  if (!held) throw new Error('the seller has no registered key in its signer');
  return held.kid;
}
