/** What an audit keeps of the ledger on its way, for those who have no peer: see README.md, "The export". */
import type { PublicJwk } from '../../chaincode/crypto/jwk.js';
import type { UsableKey } from '../../chaincode/domain/committee-records.js';
import type { Entry } from '../../chaincode/domain/money.js';
import type { MarketState } from '../../chaincode/domain/market/records.js';
import type { AllotmentRecord, EventRecord, TicketRecord } from '../../chaincode/domain/records.js';

/** About the people and tickets that a page's orders name, when it was read. */
export interface PageEvidence {
  readonly enrolments: Readonly<Record<string, { readonly key: string; readonly pending: boolean }>>;
  readonly holders: Readonly<Record<string, Record<'boughtPrimary' | 'boughtResale' | 'resold', number>>>;
  readonly tickets: Readonly<Record<string, TicketRecord & Pick<AllotmentRecord, 'priceClass' | 'facePriceMinor'>>>;
}

export interface SettlementEvidence {
  readonly page: number;
  /** The tickets before it; null where there was none. */
  readonly before: Readonly<Record<string, TicketRecord | null>>;
  readonly lapsed: Readonly<Record<string, string>>;
  readonly entries: readonly Entry[];
}

/** What decided whether the market could end as it did. */
export interface EndEvidence {
  /** The state that it ended in. */
  readonly from: MarketState;
  /** By the time of the transaction. */
  readonly at: string;
  readonly cancelled: boolean;
  /** What the gate said. */
  readonly doors: string;
  /** Of an abort: whether it could have been closed, and by whose word. */
  readonly tradable?: boolean;
  readonly statements?: readonly string[];
}

export class Evidence {
  opening:
    { readonly statement: string; readonly eventKey: PublicJwk; readonly policy: EventRecord['policy'] } | undefined;
  /** At the close, from which they stay until the end; or at the abort of a market that never closed. */
  rules: EventRecord | undefined;
  key: UsableKey | undefined;
  closings: readonly string[] = [];
  /** And their withdrawals, in the ledger's order. */
  readonly deposits: string[] = [];
  /** Of each of them: the thumbprint of the key that was the credential's then. */
  readonly depositKeys: string[] = [];
  readonly shares: string[] = [];
  readonly pages = new Map<number, PageEvidence>();
  allotments: readonly AllotmentRecord[] = [];
  /** Of a ballot or returns: the state of the ticket of each place, null where it never had one. */
  readonly places: Record<string, string | null> = {};
  readonly settlements: SettlementEvidence[] = [];
  end: EndEvidence | undefined;
  readonly releases: { readonly credential: string; readonly entries: readonly Entry[] }[] = [];
}
