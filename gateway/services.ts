/** Puts together what the operations use, from the ledger's ports and the signer. */
import type { IdentityPolicy } from '../committee/identity/index.js';
import type { AuthServices } from './auth/create-auth.js';
import { AttestationDesk } from './attestation/attestation-desk.js';
import { systemClock, type Clock, type Report } from './fabric/clock.js';
import type { Submitter } from './fabric/ledger.js';
import { CommandStates } from './http/command-states.js';
import { HeldPlaces } from './holds/held-places.js';
import type { HoldBook } from './holds/hold-book.js';
import { HoldDesk } from './holds/hold-desk.js';
import { SalesUnderWay } from './holds/sales-under-way.js';
import { IdempotencyKeys } from './http/idempotency.js';
import type { Blocks, NetworkStatus, Records } from './http/ports.js';
import { PublicCommands } from './http/public-commands.js';
import type { Health, Place, Services } from './http/services.js';
import { methodsOf, sharedHolds, sharedSales, sharedSubmitter } from './lanes/desks.js';
import { SharedLanes } from './lanes/shared-lanes.js';
import type { LaneOwners } from './lanes/lane-owners.js';
import { OrderDesk } from './orders/order-desk.js';
import type { Closings } from './markets/closings.js';
import { OrderProofs } from './orders/order-proofs.js';
import { Outcomes } from './orders/outcomes.js';
import { announced } from './http/submissions.js';
import { createPayments, type PaymentsOptions } from './payments/payments.js';
import { inCallersName } from './http/callers-name.js';
import { Readiness } from './readiness.js';
import { ContestedSeats } from './sales/contested-seats.js';
import { GatheredReads } from './gathered-reads.js';
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
  readonly keptAnswers: Services['keptAnswers'];
  readonly countRefusal: Services['countRefusal'];
  readonly identityPolicy: IdentityPolicy;
  readonly attestationsPerMinute: number;
  /** Absent: payments are somebody else's business. */
  readonly payments?: PaymentsOptions | undefined;
  readonly report: Report;
  readonly holdBook: HoldBook;
  /** Seats of one event that one caller may hold. */
  readonly maxHeldSeats: number;
  /** Which of several gateways writes for an event; absent: this one for all. */
  readonly lanes?: { readonly owners: LaneOwners; readonly secret: string };
  readonly seenHeight: () => number;
  readonly health: Health;
  readonly reachHeight: Services['reachHeight'];
  readonly nowMs?: () => number;
  /** Of what is asked only so often. */
  readonly clock?: Clock;
}

export function createServices(options: ServicesOptions): Services {
  const { place, records, blocks, signer, nowMs = Date.now, clock = systemClock } = options;
  const local = inCallersName(options.submitter);
  const here = announced(local, place.mspId);
  const lanes = options.lanes && new SharedLanes(options.lanes.owners);
  const submitter = lanes ? announced(sharedSubmitter(lanes, local, place.mspId), place.mspId) : here;
  const keyRing = new KeyRing({ mspId: place.mspId, signer, records });
  const selling = sellingDesks({ ...options, nowMs, clock }, here, keyRing);
  const { deskOver, permit } = selling;
  const payments =
    options.payments && createPayments(options.payments, { ...place, submitter, records, nowMs, deskOver, permit });
  const orderDesk = new OrderDesk({ mspId: place.mspId, submitter, records, nowMs });
  const publicCommands = new PublicCommands({ ...place, records, blocks, submitter, nowMs });
  const limit = new SignatureLimit({ signaturesPerMinute: options.attestationsPerMinute });
  const own = { ...place, signer, keyRing, records, nowMs };
  const attestationDesk = new AttestationDesk({ ...own, policy: options.identityPolicy, limit });
  const sealed = { orderDesk, orderProofs: new OrderProofs(records), outcomes: new Outcomes(records) };
  const answering = { idempotencyKeys: new IdempotencyKeys(), commandStates: new CommandStates({ records, blocks }) };
  const { holdDesk, heldPlaces } = selling;
  const saleDesk = lanes ? sharedSales(lanes, selling.saleDesk) : selling.saleDesk;
  const holdsMade = lanes ? sharedHolds(lanes, holdDesk) : holdDesk;
  const desks = { saleDesk, payments, holdDesk, holdsMade, heldPlaces, ...sealed, attestationDesk };
  const laneMethods = methodsOf({ submitter: here, saleDesk: selling.saleDesk, holdDesk });
  return {
    ...options,
    ...answering,
    ...desks,
    laneMethods,
    laneSecret: options.lanes?.secret,
    readiness: new Readiness({ blocks, signer, clock, storeAnswers: options.health.storeAnswers }),
    submitter,
    nowMs,
    keyRing,
    publicCommands,
  };
}

function sellingDesks(
  options: ServicesOptions & { readonly nowMs: () => number; readonly clock: Clock },
  submitter: Submitter,
  keyRing: KeyRing,
) {
  const { place, records, signer, nowMs, clock, report, holdBook: book, maxHeldSeats: maxSeats } = options;
  const seller = place.mspId;
  const underWay = new SalesUnderWay({ book, nowMs, report });
  const heldPlaces = new HeldPlaces({ book, nowMs, underWay });
  const allocator = new SeatAllocator({ seller, records, holds: heldPlaces, nowMs });
  const holdDesk = new HoldDesk({ seller, book, held: heldPlaces, underWay, allocator, records, nowMs, maxSeats });
  const own = { seller, signer, keyRing, allocator, holds: holdDesk };
  // Whatever way an order takes to the ledger from here, its rivals are the same.
  const shared = { contested: new ContestedSeats(clock), records: new GatheredReads(records) };
  const deskOver = (through: Submitter) => new SaleDesk({ ...own, ...shared, submitter: through });
  const permit: HoldDesk['permit'] = (event, seats, field) => holdDesk.permit(event, seats, field);
  return { heldPlaces, holdDesk, deskOver, permit, saleDesk: deskOver(submitter) };
}
