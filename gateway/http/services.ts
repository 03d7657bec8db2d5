/** What an operation may use. The composition (`main.ts`, or a test) puts it together once. */
import type { ApiKeys } from '../auth/api-keys.js';
import type { KeptAnswers } from '../answers/kept-answers.js';
import type { Handshakes } from '../auth/handshakes.js';
import type { AttestationDesk } from '../attestation/attestation-desk.js';
import type { Submitter } from '../fabric/ledger.js';
import type { HeldPlaces } from '../holds/held-places.js';
import type { HoldDesk } from '../holds/hold-desk.js';
import type { Methods } from '../lanes/peer-door.js';
import type { OrderDesk } from '../orders/order-desk.js';
import type { OrderProofs } from '../orders/order-proofs.js';
import type { Outcomes } from '../orders/outcomes.js';
import type { Payments } from '../payments/payments.js';
import type { SaleDesk } from '../sales/sale-desk.js';
import type { Closings } from '../markets/closings.js';
import type { KeyRing } from '../signer/key-ring.js';
import type { SigningKeys } from '../signer/signing-keys.js';
import type { Push } from '../push/push.js';
import type { ReadModel } from '../projection/read-model.js';
import type { Readiness } from '../readiness.js';
import type { Statements } from '../statements/statements.js';
import type { CommandStates } from './command-states.js';
import type { IdempotencyKeys } from './idempotency.js';
import type { ProblemCode } from './problem.js';
import type { PublicCommands } from './public-commands.js';
import type { Blocks, NetworkStatus, Records } from './ports.js';

/** What the gateway knows of its organization and its network without asking anybody. */
export interface Place {
  readonly mspId: string;
  readonly channel: string;
  readonly consensus: string;
  readonly publicUrl: string;
}

/** What a load balancer is told beside the ledger and the signer. */
export interface Health {
  /** From the signal to stop on: who asks goes elsewhere. */
  readonly isLeaving: () => boolean;
  /** Rejects where the store can't be reached. */
  readonly storeAnswers: () => Promise<unknown>;
}

export interface Services {
  readonly place: Place;
  readonly submitter: Submitter;
  readonly publicCommands: PublicCommands;
  readonly records: Records;
  readonly blocks: Blocks;
  readonly network: NetworkStatus;
  readonly signer: SigningKeys;
  readonly keyRing: KeyRing;
  readonly saleDesk: Pick<SaleDesk, 'sell'>;
  /** undefined where payments are somebody else's business. */
  readonly payments: Payments | undefined;
  readonly holdDesk: Pick<HoldDesk, 'find' | 'lost' | 'extend' | 'release'>;
  /** At the gateway that writes for the event. */
  readonly holdsMade: Pick<HoldDesk, 'make'>;
  readonly heldPlaces: Pick<HeldPlaces, 'of'>;
  /** What other gateways of the organization ask for, and what they show; undefined: there are none. */
  readonly laneMethods: Methods;
  readonly laneSecret: string | undefined;
  readonly orderDesk: OrderDesk;
  readonly orderProofs: OrderProofs;
  readonly outcomes: Outcomes;
  readonly attestationDesk: AttestationDesk;
  readonly statements: Statements;
  /** What nodes say about a market's close. */
  readonly closings: Closings;
  readonly readModel: Pick<ReadModel, 'db' | 'height' | 'known' | 'reach'>;
  readonly health: Health;
  readonly readiness: Pick<Readiness, 'height'>;
  readonly apiKeys: ApiKeys;
  readonly handshakes: Handshakes;
  /** What happens on the ledger, and who is told of it. */
  readonly push: Pick<Push, 'log' | 'streams' | 'webhooks'>;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly keptAnswers: Pick<KeptAnswers, 'repeat'>;
  readonly commandStates: CommandStates;
  /** Counts what was refused without an answer of its own. */
  readonly countRefusal: (code: ProblemCode) => void;
  /** So many blocks this gateway has seen. */
  readonly seenHeight: () => number;
  /** @returns whether it has seen so many before the time is up */
  readonly reachHeight: (blocks: number, withinMs: number) => Promise<boolean>;
  /** The gateway's clock, milliseconds since 1970. */
  readonly nowMs: () => number;
}
