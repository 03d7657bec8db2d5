/** What the gateway answers, as types: taken from the schemas by which it checks its own answers. */
import type { z } from 'zod';
import type { Problem } from '../http/problem.js';
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
export type TicketResource = z.output<typeof ticketSchema>;

export type KeyReceipt = Receipt & { readonly kid: string };
export type AllotmentReceipt = Receipt & { readonly allotment: string; readonly places: number };
export type TicketChangeReceipt = Receipt & { readonly ticket: string; readonly change: number };
export type ItemOutcome =
  | { readonly status: 200 | 201; readonly receipt: AllotmentReceipt }
  | { readonly status: number; readonly problem: Problem };

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

export interface HolderResource {
  readonly event: string;
  readonly holder: string;
  readonly held: number;
  readonly boughtPrimary: number;
}

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
