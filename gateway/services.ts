/** Puts together what the operations use, from the ledger's ports and the signer. */
import type { IdentityPolicy } from '../committee/identity/index.js';
import type { AuthServices } from './auth/create-auth.js';
import { AttestationDesk } from './attestation/attestation-desk.js';
import type { Submitter } from './fabric/ledger.js';
import { CommandStates } from './http/command-states.js';
import { IdempotencyKeys } from './http/idempotency.js';
import type { Blocks, NetworkStatus, Records } from './http/ports.js';
import { PublicCommands } from './http/public-commands.js';
import type { Health, Place, Services } from './http/services.js';
import { OrderDesk } from './orders/order-desk.js';
import type { Closings } from './markets/closings.js';
import { OrderProofs } from './orders/order-proofs.js';
import { Outcomes } from './orders/outcomes.js';
import { announced } from './http/submissions.js';
import { createPayments, type PaymentsOptions } from './payments/payments.js';
import { inCallersName } from './http/callers-name.js';
import { SaleDesk } from './sales/sale-desk.js';
import { SeatAllocator } from './sales/seat-allocator.js';
import { KeyRing } from './signer/key-ring.js';
import { SignatureLimit } from './signer/signature-limit.js';
import type { SigningKeys } from './signer/signing-keys.js';
import type { ReadModel } from './projection/read-model.js';
import type { Statements } from './statements/statements.js';

export interface ServicesOptions extends AuthServices {
  readonly place: Place;
  readonly submitter: Submitter;
  readonly records: Records;
  readonly blocks: Blocks;
  readonly network: NetworkStatus;
  readonly signer: SigningKeys;
  readonly statements: Statements;
  readonly closings: Closings;
  readonly readModel: Pick<ReadModel, 'db' | 'height' | 'known' | 'reach'>;
  readonly push: Services['push'];
  readonly identityPolicy: IdentityPolicy;
  readonly attestationsPerMinute: number;
  /** Absent: payments are somebody else's business. */
  readonly payments?: PaymentsOptions | undefined;
  readonly seenHeight: () => number;
  readonly health: Health;
  readonly nowMs?: () => number;
}

export function createServices(options: ServicesOptions): Services {
  const { place, records, blocks, signer, nowMs = Date.now } = options;
  const submitter = announced(inCallersName(options.submitter), place.mspId);
  const keyRing = new KeyRing({ mspId: place.mspId, signer, records });
  const allocator = new SeatAllocator({ seller: place.mspId, records });
  const deskOver = (through: Submitter) =>
    new SaleDesk({ seller: place.mspId, submitter: through, records, signer, keyRing, allocator });
  const saleDesk = deskOver(submitter);
  const payments =
    options.payments && createPayments(options.payments, { ...place, submitter, records, nowMs, deskOver });
  const orderDesk = new OrderDesk({ mspId: place.mspId, submitter, records, nowMs });
  const publicCommands = new PublicCommands({ ...place, records, blocks, submitter, nowMs });
  const limit = new SignatureLimit({ signaturesPerMinute: options.attestationsPerMinute });
  const own = { ...place, signer, keyRing, records, nowMs };
  const attestationDesk = new AttestationDesk({ ...own, policy: options.identityPolicy, limit });
  const sealed = { orderDesk, orderProofs: new OrderProofs(records), outcomes: new Outcomes(records) };
  const answering = { idempotencyKeys: new IdempotencyKeys(), commandStates: new CommandStates({ records, blocks }) };
  const desks = { saleDesk, payments, ...sealed, attestationDesk };
  return { ...options, ...answering, ...desks, submitter, nowMs, keyRing, publicCommands };
}
