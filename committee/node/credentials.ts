/** A person's credential for one event: the pseudonym C_e that holds its tickets, and the pass for a gate without a connection. */
import type { EventRecord } from '../../chaincode/domain/records.js';
import { credentialIdOf } from '../crypto/credential.js';
import { answer, requireUnblinded, takePossession, type Answered, type Shown } from './enrolment.js';
import { bindHandle, readHandle, requireAsking } from './handles.js';
import type { NodeServices } from './services.js';
import { requireEvent } from './statements.js';

interface ForEvent {
  readonly event: string;
  readonly handle: string;
}

export async function evaluateCredential(
  { event, handle, proof }: ForEvent & { readonly proof: string },
  services: NodeServices,
): Promise<Answered> {
  await requireEvent(event, services);
  const held = await services.keys.of(event);
  const read = await readHandle(handle, event, services);
  requireAsking(read, proof, services);
  await bindHandle(read, services);
  return answer(held, read.blinded, services);
}

export interface SignedCredential {
  /** `guichet-enrolment+jwt`, of which the ledger needs t. */
  readonly statement: string;
  /** `guichet-gate-pass+jwt`, of which a gate needs t. */
  readonly gatePass: string;
}

export async function signCredential(request: Shown & ForEvent, services: NodeServices): Promise<SignedCredential> {
  const { event } = request;
  const { channel, signer, suite } = services;
  const record = await requireEvent(event, services);
  const held = await services.keys.of(event);
  const handle = await readHandle(request.handle, event, services);
  const possession = takePossession(request.possession, { event, handle }, services);
  const unblinded = requireUnblinded({ held, handle, event, shown: request, possession }, services);
  await bindHandle(handle, services);
  const credential = credentialIdOf(suite, event, unblinded);
  const { jti, exp, sequence } = possession.payload;
  const { commitment } = handle;
  return {
    statement: signer.sign('enrolment', { channel, event, jti, exp, credential, key: possession.signer, sequence }),
    gatePass: signer.sign('gate-pass', { channel, jti, exp: endOf(record), event, credential, commitment }),
  };
}

/** Doors are shut by then; it is the same for everybody at the event. */
const AFTER_END_S = 24 * 60 * 60;
const endOf = ({ schedule }: EventRecord): number => Date.parse(schedule.endsAt) / 1000 + AFTER_END_S;
