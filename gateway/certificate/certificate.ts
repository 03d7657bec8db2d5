/** A ticket certificate: everything that anybody needs to verify a ticket without our software. The formats are those of chaincode/README.md. */
import { z } from 'zod';
import { parseWith } from '../../chaincode/domain/parse.js';
import { compactJws, eventId, keySchema, mspId, ticketId, ticketStateSchema } from '../http/schemas.js';
import { credentialsSchema } from './credentials.js';
import { position } from './position.js';

const registeredKey = z.strictObject({
  organization: mspId,
  ...keySchema.shape,
  registered: z.strictObject(position).optional().meta({
    description: "the transaction that registered it; absent where the peer's history does not reach back to it",
  }),
});

const transfer = z.strictObject({ transfer: compactJws, acceptance: compactJws, ...position });
const resale = z.strictObject({ listing: compactJws, purchase: compactJws, ...position });
const transferred = transfer.extend({ kind: z.literal('transfer') });
const resold = resale
  .extend({ kind: z.literal('resale') })
  .meta({ description: 'it stands where the reseller executed it' });
const handSchema = z.discriminatedUnion('kind', [
  transferred,
  resold.extend({
    listed: z.strictObject(position).optional().meta({
      description: 'where the listing stands; absent in certificates of version 2',
    }),
  }),
]);
/** One change of hands. */
export type Hand = Readonly<z.infer<typeof handSchema>>;

const shape = {
  channel: z.string(),
  event: eventId,
  ticket: ticketId,
  state: ticketStateSchema
    // Certificates of version 1 were made before tickets had it.
    .partial({ acquiredAt: true })
    .meta({ description: 'the ticket as the ledger has it now' }),
  keys: z.strictObject({ organizer: registeredKey, seller: registeredKey }),
};
const evidence = {
  event: z.strictObject({ statement: compactJws, ...position }),
  allotment: z.strictObject({ statement: compactJws, ...position }),
  sale: z.strictObject({ request: compactJws, sale: compactJws, ...position }),
};

export const certificateSchema = z
  .strictObject({
    version: z.literal(3),
    ...shape,
    credentials: credentialsSchema.optional().meta({
      description:
        'whose key speaks for each holder, where holders are pseudonyms of people; absent where they are keys',
    }),
    evidence: z.strictObject({
      ...evidence,
      hands: z.array(handSchema).meta({ description: 'how it went from the buyer to its holder, the oldest first' }),
    }),
  })
  .meta({ id: 'Certificate' });
export type Certificate = Readonly<z.infer<typeof certificateSchema>>;

/** Before holders could be people. */
const version2 = z.strictObject({
  version: z.literal(2),
  ...shape,
  evidence: z.strictObject({ ...evidence, hands: z.array(z.discriminatedUnion('kind', [transferred, resold])) }),
});

/** Before tickets could be resold: transfers only. */
const version1 = z.strictObject({
  version: z.literal(1),
  ...shape,
  evidence: z.strictObject({ ...evidence, transfers: z.array(transfer) }),
});

/** Reads a certificate of any version as one of the present. @throws {Refusal} INVALID_FIELD, UNKNOWN_FIELD */
export function readCertificate(value: unknown): Certificate {
  switch ((value as { readonly version?: unknown } | null)?.version) {
    case 1:
      return fromVersion1(parseWith(version1, value, 'certificate'));
    case 2:
      return { ...parseWith(version2, value, 'certificate'), version: 3 };
    default:
      return parseWith(certificateSchema, value, 'certificate');
  }
}

function fromVersion1({ evidence: old, ...rest }: z.infer<typeof version1>): Certificate {
  const { transfers, ...others } = old;
  const hands = transfers.map((each): Hand => ({ kind: 'transfer', ...each }));
  return { ...rest, version: 3, evidence: { ...others, hands } };
}
