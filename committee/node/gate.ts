/** The gate's question with a connection: the pseudonym of whoever's document is shown, which the gate works out from t nodes' answers. */
import { decodePoint } from '../../chaincode/crypto/point.js';
import { decodeOffLedger } from './off-ledger.js';
import { demand } from '../errors.js';
import { answer, type Answered } from './enrolment.js';
import type { NodeServices } from './services.js';
import { requireDevice, requireTimely } from './statements.js';

/** A device's question is of this moment. */
const MAX_CHECK_S = 5 * 60;

export async function evaluateAtGate(
  { event, statement }: { readonly event: string; readonly statement: string },
  services: NodeServices,
): Promise<Answered> {
  const check = decodeOffLedger('gate-check', statement, 'statement');
  const { payload } = check;
  demand(payload.event === event, 'WRONG_EVENT', { field: 'statement.event' });
  requireTimely(check, services);
  const latest = services.now() / 1000 + MAX_CHECK_S;
  demand(payload.exp <= latest, 'INVALID_FIELD', { field: 'statement.exp', reason: 'is more than 5 minutes away' });
  await requireDevice(check, services);
  // With no limit a stolen device would try identities for as long as it likes.
  const { digest } = check;
  services.checksOfDevices.count(`${event}/${payload.device}`, { digest, exp: payload.exp }, 'statement.device');
  const held = await services.keys.of(event);
  return answer(held, decodePoint(payload.blinded, 'statement.blinded'), services);
}
