/** From the blocks alone, with nothing of what world state says: is every ticket that was sold in an accepted sale that its buyer and its seller have signed? */
import { organizationKeysKey } from '../../chaincode/domain/keys.js';
import { ticketIdOf } from '../../chaincode/domain/ids.js';
import type { RegisteredKey } from '../../chaincode/domain/records.js';
import { requireCarriedKey } from '../../chaincode/domain/authority.js';
import { decodeStatement, holderIn, requireSignature } from '../../chaincode/domain/statements.js';
import type { Outcome } from '../../chaincode/domain/batch.js';
import type { Connection } from '../../gateway/fabric/connection.js';
import { FabricBlocks, type BlockTransaction } from '../../gateway/fabric/blocks.js';
import { FabricRecords } from '../../gateway/fabric/records.js';
import { inParallel } from './in-parallel.js';

const AT_ONCE = 4;

/** @param transactions their ids @returns by ticket who bought it, of what valid transactions accepted. @throws {Refusal} SIGNATURE_INVALID and its like */
export async function signedSales(
  connection: Connection,
  transactions: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const records = new FabricRecords(connection);
  const blocks = new FabricBlocks(connection);
  const keysOf = async (msp: string) => (await records.read(organizationKeysKey(msp)))?.keys ?? [];
  const keys = new Map<string, Promise<readonly RegisteredKey[]>>();
  const buyers = new Map<string, string>();
  await inParallel(transactions, AT_ONCE, async (tx) => {
    const found = await blocks.transaction(tx);
    if (found?.validationCode !== 'VALID') throw new Error(`${tx} is not valid`);
    for (const command of acceptedSales(found)) {
      const { seller } = decodeStatement('sale', command.sale, 'sale').payload;
      keys.set(seller, keys.get(seller) ?? keysOf(seller));
      for (const [ticket, buyer] of verified(command, (await keys.get(seller)) ?? [])) buyers.set(ticket, buyer);
    }
  });
  return buyers;
}

/** Beside them may stand others that were refused, or had been accepted before. */
function acceptedSales({ tx, call }: BlockTransaction): readonly Sale[] {
  const { commands } = JSON.parse(call?.arguments[0] ?? '{"commands":[]}') as { commands: readonly Sale[] };
  const { outcomes } = JSON.parse(call?.response ?? '{"outcomes":[]}') as { outcomes: readonly Outcome[] };
  if (outcomes.length !== commands.length)
    throw new Error(`${tx} answers ${commands.length} commands with ${outcomes.length} outcomes`);
  return commands.filter(({ kind }, index) => {
    const outcome = outcomes[index];
    return kind === 'ticket.sell' && outcome?.accepted === true && outcome.receipt.tx === tx;
  });
}

interface Sale {
  readonly kind: string;
  readonly request: string;
  readonly sale: string;
}

function verified(command: Sale, sellerKeys: readonly RegisteredKey[]): [ticket: string, buyer: string][] {
  const request = decodeStatement('purchase', command.request, 'request');
  const sale = decodeStatement('sale', command.sale, 'sale');
  const key = sellerKeys.find(({ kid, use }) => kid === sale.signer && use === 'seller');
  if (!key) throw new Error(`${sale.signer} is no seller's key`);
  requireCarriedKey(request);
  requireSignature(sale, key.jwk);
  const { event, seats } = sale.payload;
  if (sale.payload.request !== request.digest) throw new Error(`a sale of ${event} answers another request`);
  return seats.map((seat) => [ticketIdOf(event, seat), holderIn(request)]);
}
