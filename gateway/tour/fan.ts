/** A fan of the tour: a key of its own, and everything that it signs with it. A browser's wallet does the same (committee/wallet). */
import type { Payload, StatementName } from '../../chaincode/domain/statements.js';
import { newCommandId } from '../http/command-id.js';
import { generateSigningKey, signStatement, type SignedStatement, type SigningKey } from '../signer/sign-statement.js';

const VALID_S = 60 * 60;

/** A ticket as a statement names it. */
export interface TicketVersion {
  readonly ticket: string;
  readonly issue: number;
  readonly change: number;
}

export interface FanOptions {
  readonly name: string;
  readonly channel: string;
  readonly event: string;
}

type Claims = 'channel' | 'event' | 'jti';
/** What a statement says beyond the claims that every one of a fan's makes. */
type Said<N extends StatementName> = Omit<Payload<N>, Claims | 'exp' | keyof TicketVersion>;

export type Wish = Pick<Payload<'purchase'>, 'seller' | 'currency' | 'maxTotalMinor'> &
  Partial<Pick<Payload<'purchase'>, 'seats' | 'priceClass' | 'quantity'>>;
/** With `exp` the listing ends then. */
export type Offer = Said<'listing'> & Partial<Pick<Payload<'listing'>, 'exp'>>;
export type Taking = Omit<Said<'resale-purchase'>, 'paymentReference'>;

export class Fan {
  readonly name: string;
  readonly #key: SigningKey = generateSigningKey();
  readonly #options: FanOptions;

  constructor(options: FanOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** How the ledger knows the fan: the thumbprint of its key. */
  get holder(): string {
    return this.#key.kid;
  }

  purchase(wish: Wish): SignedStatement {
    return this.#sign('purchase', { ...this.#claims(), ...wish, paymentReference: newCommandId() });
  }

  transfer(version: TicketVersion, to: Fan): SignedStatement {
    return this.#sign('transfer', { ...this.#claims(), ...versionOf(version), to: to.holder });
  }

  accept(transfer: SignedStatement): SignedStatement {
    return this.#sign('transfer-acceptance', { ...this.#claims(), transfer: transfer.digest });
  }

  giveBack(version: TicketVersion, from: { readonly allotment: string; readonly seller: string }): SignedStatement {
    return this.#sign('return', { ...this.#claims(), ...versionOf(version), ...from });
  }

  offer(version: TicketVersion, offer: Offer): SignedStatement {
    return this.#sign('listing', { ...this.#claims(), ...versionOf(version), ...offer });
  }

  withdraw(version: TicketVersion, listing: string): SignedStatement {
    return this.#sign('withdrawal', { ...this.#claims(), ...versionOf(version), listing });
  }

  /** Takes what is offered at exactly its price. @param version the ticket's while it is listed */
  take(version: TicketVersion, offered: Taking): SignedStatement {
    const paymentReference = newCommandId();
    return this.#sign('resale-purchase', { ...this.#claims(), ...versionOf(version), ...offered, paymentReference });
  }

  /** Has a reseller pay out what the ledger owes the fan. */
  collect(from: Said<'payout'>): SignedStatement {
    return this.#sign('payout', { ...this.#claims(), ...from });
  }

  /** What the door reads as a code: worth something for this version of the ticket only. */
  present(version: TicketVersion): SignedStatement {
    return this.#sign('presentation', { ...this.#claims(), ...versionOf(version) });
  }

  #claims() {
    const { channel, event } = this.#options;
    return { channel, event, jti: newCommandId(), exp: Math.floor(Date.now() / 1000) + VALID_S };
  }

  #sign<N extends StatementName>(name: N, payload: Payload<N>): SignedStatement {
    return signStatement(this.#key, name, payload);
  }
}

/** No more than that of what a receipt says. */
const versionOf = ({ ticket, issue, change }: TicketVersion): TicketVersion => ({ ticket, issue, change });
