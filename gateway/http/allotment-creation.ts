/** Creating allotments: one, with its receipt, or as one of many, with its outcome. */
import { z } from 'zod';
import { thumbprintOf } from '../../chaincode/crypto/jwk.js';
import type { EventRecord } from '../../chaincode/domain/records.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { decodeStatement, payloadSchemas } from '../../chaincode/domain/statements.js';
import { signOne } from '../signer/signing-keys.js';
import { statementOr } from './bodies.js';
import { claimsOf } from './claims.js';
import { newCommandId } from './command-id.js';
import { created, receiptOf, submit } from './commands.js';
import { failureOf, problemOf, problemSchema, STATUS } from './problem.js';
import { commandId, receiptShape, slugId } from './schemas.js';
import type { Services } from './services.js';

const { allotment, seller, priceClass, facePriceMinor, fees, seats, pool } = payloadSchemas.allotment.shape;
export const newAllotment = statementOr(
  z.strictObject({ id: commandId.optional(), allotment, seller, priceClass, facePriceMinor, fees, seats, pool }),
);
type Creation = z.output<typeof newAllotment>;

export const allotmentReceipt = z.strictObject({ ...receiptShape, allotment: slugId, places: z.int().min(1) });
export const allotmentOutcome = z.union([
  z.strictObject({ status: z.union([z.literal(200), z.literal(201)]), receipt: allotmentReceipt }),
  z.strictObject({ status: z.int().min(400), problem: problemSchema }),
]);

export async function createAllotment(services: Services, record: EventRecord, body: Creation) {
  const { event } = record;
  const statement = 'statement' in body ? body.statement : await signAllotment(services, record, body);
  const { payload } = decodeStatement('allotment', statement, 'statement');
  if (payload.event !== event) return refuse('WRONG_EVENT', { field: 'statement.event', expected: event });
  const accepted = await submit(services, { kind: 'allotment.create', statement });
  return created(accepted, {
    ...receiptOf(payload.jti, accepted),
    allotment: payload.allotment,
    places: Number(accepted.result.places),
  });
}

async function signAllotment(
  { signer, place }: Services,
  record: EventRecord,
  body: Exclude<Creation, { statement: string }>,
): Promise<string> {
  const { event, eventKey } = record;
  const { id = newCommandId(), ...rest } = body;
  const payload = { ...claimsOf(place, event, id), ...rest };
  return (await signOne(signer, { kid: thumbprintOf(eventKey), name: 'allotment', payload })).jws;
}

/** One of many: its problem is its own outcome. A defect is not an outcome and fails the request. */
export async function outcomeOf(
  creating: ReturnType<typeof createAllotment>,
  requestId: string,
  { countRefusal }: Pick<Services, 'countRefusal'>,
): Promise<z.input<typeof allotmentOutcome>> {
  try {
    const { status, body } = await creating;
    return { status, receipt: body };
  } catch (error) {
    const { code, details } = failureOf(error);
    if (code === 'INTERNAL') throw error;
    countRefusal(code);
    return { status: STATUS[code], problem: problemOf(code, details, requestId) };
  }
}
