/** Orders that need nobody any more: the buyer has signed his request and the seller the sale, so they can go straight into a lane. */
import { holderIn, decodeStatement, type Payload } from '../../chaincode/domain/statements.js';
import { openFabric, type Fabric } from '../../gateway/fabric/index.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { generateSigningKey, signStatement, type SigningKey } from '../../gateway/signer/sign-statement.js';
import { newId } from '../support/statements.js';
import { inParallel } from './in-parallel.js';
import { FACE_MINOR, FEE_MINOR, type Order } from './seat-drop-load.js';
import type { LoadResult } from './statistics.js';

const HOUR_MS = 3_600_000;
const SELLER = 'ResellerMSP';

export interface ReadyOrder extends Order {
  readonly command: Readonly<Record<string, unknown>>;
}

/** The seller's side of the fabric, in this process: the same lanes as a gateway's. */
export function openLanes(profile: FabricProfile): Fabric {
  return openFabric(profile, {
    report: (level, message, details) => console.error(`lanes: ${level}: ${message}`, details),
  });
}

/** A seller's key that is registered on the ledger. */
export async function registerSellerKey({ submitter }: Fabric): Promise<SigningKey> {
  const key = generateSigningKey();
  const at = (hours: number) => `${new Date(Date.now() + hours * HOUR_MS).toISOString().slice(0, 19)}Z`;
  const validity = { notBefore: at(-1), notAfter: at(100) };
  await submitter.submit({ kind: 'keys.register', id: newId(), use: 'seller', jwk: key.jwk, ...validity });
  return key;
}

/** @param key a registered one of the seller's */
export function signSale(key: SigningKey, order: Order): ReadyOrder {
  const { request } = JSON.parse(order.body) as { readonly request: string };
  const asked = decodeStatement('purchase', request, 'request');
  const { channel, event, exp, currency, paymentReference, seats = [] } = asked.payload;
  const [section = ''] = seats[0]?.split(':') ?? [];
  const sale: Payload<'sale'> = {
    ...{ channel, event, exp, jti: paymentReference, seller: SELLER, request: asked.digest, buyer: holderIn(asked) },
    ...{ allotment: section, seats, facePriceMinor: FACE_MINOR, feesMinor: FEE_MINOR },
    totalMinor: (FACE_MINOR + FEE_MINOR) * seats.length,
    currency,
  };
  return { ...order, command: { kind: 'ticket.sell', request, sale: signStatement(key, 'sale', sale).jws } };
}

/** @throws what the first order that is not sold was answered: every seat is wanted once */
export async function submitAll(
  { submitter }: Fabric,
  orders: readonly ReadyOrder[],
  clients: number,
): Promise<LoadResult> {
  const started = performance.now();
  const latenciesMs = await inParallel(orders, clients, async ({ command }) => {
    const sent = performance.now();
    await submitter.submit(command);
    return performance.now() - sent;
  });
  const seconds = (performance.now() - started) / 1000;
  const committed = orders.reduce((sum, { tickets }) => sum + tickets.length, 0);
  return { seconds, committed, latenciesMs };
}
