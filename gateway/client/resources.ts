/** What the gateway answers, as types: taken from the schemas by which it checks its own answers. */
import type { z } from 'zod';
import type { generationSchema, sharedKeySchema } from '../http/committee-schemas.js';
import type { attested, identityPolicy } from '../http/operations/attestations.js';
import type { doorListSchema } from '../http/operations/door.js';
import type { enrolledSchema, enrolmentSchema } from '../http/operations/enrolments.js';
import type { personSchema, registeredPerson } from '../http/operations/persons.js';
import type { committeeSchema, proposalSchema } from '../http/operations/governance.js';
import type { marketSchema, marketViewSchema } from '../http/market-schemas.js';
import type { depositReceipt, depositSchema, depositWithdrawalReceipt } from '../http/operations/market-deposits.js';
import type { orderSchema, placedSchema, proofSchema, resultPageSchema } from '../http/order-schemas.js';
import type { explainedPolicySchema } from '../http/operations/policy.js';
import type { statementSchema } from '../http/operations/statements.js';
import type { defaultsSchema } from '../http/operations/policy-changes.js';
import type { settlementSchema } from '../http/operations/refunds.js';
import type { holderSchema } from '../http/operations/tickets.js';
import type { Problem } from '../http/problem.js';
import type { listedSchema, listingSchema, paidSchema, resoldSchema } from '../http/resale-schemas.js';
import type {
  allotmentSchema,
  eventSchema,
  keySchema,
  organizationSchema,
  receiptSchema,
  ticketSchema,
  ticketStateSchema,
} from '../http/schemas.js';

export type Receipt = z.output<typeof receiptSchema>;
export type OrganizationResource = z.output<typeof organizationSchema> & {
  readonly keys?: z.output<typeof keySchema>[];
};
export type EventResource = z.output<typeof eventSchema>;
export type AllotmentResource = z.output<typeof allotmentSchema>;
export type StatementResource = z.output<typeof statementSchema>;
export type TicketResource = z.output<typeof ticketSchema>;
export type ExplainedPolicy = z.output<typeof explainedPolicySchema>;

export type KeyReceipt = Receipt & { readonly kid: string };
export type AllotmentReceipt = Receipt & { readonly allotment: string; readonly places: number };
export type TicketChangeReceipt = Receipt & { readonly ticket: string; readonly change: number };
export type ItemOutcome =
  | { readonly status: 200 | 201; readonly receipt: AllotmentReceipt }
  | { readonly status: number; readonly problem: Problem };

export type ProposalResource = z.output<typeof proposalSchema>;
export type VoteReceipt = Receipt & { readonly proposal: string; readonly state: ProposalResource['state'] };
export type CommitteeResource = z.output<typeof committeeSchema>;

export type SharedKeyResource = z.output<typeof sharedKeySchema>;
export type KeyGenerationResource = z.output<typeof generationSchema>;
/** Of a key that a generation is about. */
export type KeyStepReceipt = Receipt & { readonly key: string; readonly generation: number };
export type PersonResource = z.output<typeof personSchema>;
export type PersonReceipt = z.output<typeof registeredPerson>;
export type AttestationResource = z.output<typeof attested>;
export type IdentityPolicyResource = z.output<typeof identityPolicy>;
export type EnrolmentResource = z.output<typeof enrolmentSchema>;
export type EnrolmentReceipt = z.output<typeof enrolledSchema>;
export type DoorListPage = z.output<typeof doorListSchema>;

export type MarketResource = z.output<typeof marketSchema>;
export type MarketView = z.output<typeof marketViewSchema>;
export type DepositResource = z.output<typeof depositSchema>;
export type DepositReceipt = z.output<typeof depositReceipt>;
export type DepositWithdrawalReceipt = z.output<typeof depositWithdrawalReceipt>;
export type OrderReceipt = z.output<typeof placedSchema>;
export type OrderResource = z.output<typeof orderSchema>;
export type OrderProofResource = z.output<typeof proofSchema>;
export type ResultPage = z.output<typeof resultPageSchema>;

export interface SoldTicket {
  readonly ticket: string;
  readonly issue: number;
  readonly change: number;
}
export type SaleReceipt = Receipt & {
  readonly tickets: readonly SoldTicket[];
  readonly totalMinor: number;
  readonly currency: string;
};

export interface Availability {
  readonly places: number;
  readonly sold: number;
  readonly free: number;
  readonly section: string;
  readonly runs: readonly { readonly row?: string; readonly from: number; readonly to: number }[];
}

export interface TicketHistory {
  readonly ticket: string;
  readonly versions: readonly (z.output<typeof ticketStateSchema> & {
    readonly tx: string;
    readonly block: number;
    readonly timestamp: string;
    readonly commands: readonly string[];
  })[];
}

export type HolderResource = z.output<typeof holderSchema>;

export type ListingResource = z.output<typeof listingSchema>;
export type ListedReceipt = z.output<typeof listedSchema>;
export type ResaleReceipt = z.output<typeof resoldSchema>;
export type PayoutReceipt = Receipt & {
  readonly event: string;
  readonly holder: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly balanceMinor: number;
};
export type PaidReceipt = z.output<typeof paidSchema>;
export type SettlementResource = z.output<typeof settlementSchema>;
export type PolicyDefaultsResource = z.output<typeof defaultsSchema>;
export type PolicyChangeReceipt = Receipt & {
  readonly event: string;
  readonly version: number;
  readonly policyHash: string;
};

export type AdmissionReceipt = Omit<Receipt, 'id'> & {
  readonly device: string;
  readonly number: number;
  readonly ticket: string;
  readonly action: string;
  readonly state: string;
  readonly change: number;
};

export interface TransactionSummary {
  readonly tx: string;
  readonly block: number;
  readonly timestamp: string;
  readonly mspId?: string;
  readonly code: string;
  readonly function?: string;
  readonly commands: number;
}
export type TransactionResource = Omit<TransactionSummary, 'commands'> & {
  readonly commands: readonly unknown[];
  readonly outcomes: readonly unknown[];
};

export interface BlockPage {
  readonly height: number;
  readonly blocks: readonly {
    readonly number: number;
    readonly hash: string;
    readonly previousHash: string;
    readonly dataHash: string;
    readonly transactions: readonly TransactionSummary[];
  }[];
  readonly next?: number;
}

interface NodeResource {
  readonly mspId: string;
  readonly address: string;
  readonly reachable: boolean;
  readonly height?: number;
}
export interface NetworkResource {
  readonly channel: string;
  readonly consensus: string;
  readonly gateway: string;
  readonly height: number;
  readonly currentHash: string;
  readonly peers: readonly NodeResource[];
  readonly orderers: readonly NodeResource[];
}
