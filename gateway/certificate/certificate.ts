/** A ticket certificate: everything that anybody needs to verify a ticket without our software. The formats are those of chaincode/README.md. */
import { z } from 'zod';
import { compactJws, eventId, keySchema, mspId, ticketId, ticketStateSchema, txId } from '../http/schemas.js';

/** Where on the ledger a statement stands. */
const position = { tx: txId, block: z.int().min(0), timestamp: z.iso.datetime({ offset: true }) };
const registeredKey = z.strictObject({
  organization: mspId,
  ...keySchema.shape,
  registered: z.strictObject(position).optional().meta({
    description: "the transaction that registered it; absent where the peer's history does not reach back to it",
  }),
});

export const certificateSchema = z
  .strictObject({
    version: z.literal(1),
    channel: z.string(),
    event: eventId,
    ticket: ticketId,
    state: ticketStateSchema.meta({ description: 'the ticket as the ledger has it now' }),
    keys: z.strictObject({ organizer: registeredKey, seller: registeredKey }),
    evidence: z.strictObject({
      event: z.strictObject({ statement: compactJws, ...position }),
      allotment: z.strictObject({ statement: compactJws, ...position }),
      sale: z.strictObject({ request: compactJws, sale: compactJws, ...position }),
      transfers: z.array(z.strictObject({ transfer: compactJws, acceptance: compactJws, ...position })),
    }),
  })
  .meta({ id: 'Certificate' });
export type Certificate = Readonly<z.infer<typeof certificateSchema>>;
