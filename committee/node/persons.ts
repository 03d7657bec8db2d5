/** Enrolment of a person, once: the pseudonym D that is put on the ledger if absent, and the receipt that it is there. */
import { randomUUID } from 'node:crypto';
import { DEDUP, personKey } from '../../chaincode/domain/committee-keys.js';
import { personIdOf } from '../crypto/credential.js';
import { answer, requireUnblinded, takePossession, type Answered, type Shown } from './enrolment.js';
import { bindHandle, readHandle, requireAsking, type VerifiedHandle } from './handles.js';
import type { NodeServices } from './services.js';

export async function evaluatePerson(
  request: { readonly handle: string; readonly proof: string },
  services: NodeServices,
): Promise<Answered> {
  const held = await services.keys.of(DEDUP);
  const handle = await readHandle(request.handle, undefined, services);
  requireAsking(handle, request.proof, services);
  await bindHandle(handle, services);
  return answer(held, handle.blinded, services);
}

export interface SignedPerson {
  /** `guichet-person+jwt`, of which the ledger needs t. */
  readonly statement: string;
  /** `guichet-receipt+jwt`, of which an attestor needs t; once the ledger has the person under this very key. */
  readonly receipt?: string;
}

export async function signPerson(
  request: Shown & { readonly handle: string },
  services: NodeServices,
): Promise<SignedPerson> {
  const { channel, signer, suite } = services;
  const held = await services.keys.of(DEDUP);
  const handle = await readHandle(request.handle, undefined, services);
  const possession = takePossession(request.possession, { event: undefined, handle }, services);
  const unblinded = requireUnblinded({ held, handle, event: undefined, shown: request, possession }, services);
  await bindHandle(handle, services);
  const person = personIdOf(suite, unblinded);
  const { jti, exp, sequence } = possession.payload;
  const key = possession.signer;
  const { epoch } = held.generation;
  const statement = signer.sign('person', { channel, jti, exp, epoch, person, key, sequence });
  const registered = await services.persons.read(personKey(person));
  return registered?.key === key ? { statement, receipt: receiptOf(handle, services) } : { statement };
}

/**
 * As long as the handle: it is shown when handles for events are signed, at once or later. Its id is its own: by the one that it would have in common with the
 * statement on the ledger, an attestor would learn the pseudonym of whose document it has seen.
 */
function receiptOf({ encoded, exp }: VerifiedHandle, { channel, signer }: NodeServices): string {
  const { blinded, blindingKey } = encoded;
  const jti = randomUUID();
  return signer.sign('receipt', { channel, jti, exp, blinded, blindingKey });
}
