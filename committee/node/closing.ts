/**
 * That a sealed market's time has come: by this node's own clock and what its own peer shows, whoever asks and whatever others say. Asked again it says the
 * same again, also just after the close, for the peer of who asks may be a block behind.
 */
import { thumbprintOf } from '../../chaincode/crypto/jwk.js';
import { sharedKeyKey } from '../../chaincode/domain/committee-keys.js';
import { marketIdOf } from '../../chaincode/domain/ids.js';
import { marketKey } from '../../chaincode/domain/market/keys.js';
import { timestampAt } from '../clock.js';
import { decline, demand } from '../errors.js';
import { ownClaims } from './claims.js';
import type { NodeServices } from './services.js';

export interface MarketAsked {
  readonly event: string;
  readonly market: number;
}

export interface SignedClosing {
  /** `guichet-market-close+jwt`, of which the ledger needs t. */
  readonly statement: string;
}

/** @throws {NodeError} UNKNOWN_MARKET, MARKET_NOT_OPEN, NOTHING_DUE, KEY_NOT_USABLE, NOT_IN_COMMITTEE, NO_SHARE */
export async function signClosing(asked: MarketAsked, services: NodeServices): Promise<SignedClosing> {
  const { channel, signer, now } = services;
  const { event, market } = asked;
  await requireDue(asked, services);
  await requireSeat(asked, services);
  return { statement: signer.sign('market-close', { ...ownClaims(channel, now()), event, market }) };
}

async function requireDue({ event, market }: MarketAsked, { records, now }: NodeServices): Promise<void> {
  const record = await records.read(marketKey(event, market));
  if (!record) return decline('UNKNOWN_MARKET', { field: 'market' });
  const { state, closesAt } = record;
  demand(state === 'open' || state === 'closed', 'MARKET_NOT_OPEN', { field: 'market', state });
  demand(timestampAt(now()) >= closesAt, 'NOTHING_DUE', { field: 'market', closesAt });
}

/** In the committee that made the market's key, and with a share of it: the others' word counts for nothing. */
async function requireSeat({ event, market }: MarketAsked, { records, signer }: NodeServices): Promise<void> {
  const key = marketIdOf(event, market);
  const record = await records.read(sharedKeyKey(key));
  if (!record?.key) return decline('KEY_NOT_USABLE', { field: 'market', key, state: record?.state ?? 'none' });
  const { nodes, publicShares, epoch, generation } = record.key;
  const at = nodes.findIndex((jwk) => thumbprintOf(jwk) === signer.kid);
  demand(at >= 0, 'NOT_IN_COMMITTEE', { field: 'market', epoch });
  demand(publicShares[at + 1] !== undefined, 'NO_SHARE', { field: 'market', key, generation });
}
