/** A fan's wallet: signs purchases, transfers, returns and what the door reads. It keeps no state; whoever uses it stores keys and tickets. */
import type { Payload } from '../../chaincode/domain/statements.js';
import { encodeBase64url } from './base64url.js';
import { expiryAfter } from './expiry.js';
import type { HolderKey } from './holder-key.js';
import { digestOf, signStatement, type SignedStatement } from './statements.js';

/** A ticket as a statement must name it: after any change what was signed before is stale. */
export interface TicketVersion {
  readonly ticket: string;
  readonly issue: number;
  readonly change: number;
}

/** Either seats by name, or a number of places of a price class. */
export type Wanted = { readonly seats: readonly string[] } | { readonly priceClass: string; readonly quantity: number };

export interface Purchase {
  readonly event: string;
  /** MSP id. */
  readonly seller: string;
  readonly wanted: Wanted;
  readonly currency: string;
  /** The most that all places together may cost, fees included. */
  readonly maxTotalMinor: number;
  /** Names the payment; the same again is the same purchase. */
  readonly paymentReference: string;
}

export interface WalletOptions {
  readonly key: HolderKey;
  readonly channel: string;
  /** C_e, where the event knows its holders by credential; the key is then this event's own. */
  readonly credential?: string | undefined;
  /** How long a statement is valid at least, in seconds; it ends on the next whole ten minutes. */
  readonly validS?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A code at the door is shown, not kept. */
const PRESENTATION_VALID_S = 10 * 60;
const DEFAULT_VALID_S = 60 * 60;
const ID_BYTES = 15;

export class Wallet {
  readonly #key: HolderKey;
  readonly #channel: string;
  readonly #credential: string | undefined;
  readonly #validS: number;
  readonly #now: () => number;

  constructor({ key, channel, credential, validS = DEFAULT_VALID_S, now = () => Date.now() }: WalletOptions) {
    this.#key = key;
    this.#channel = channel;
    this.#credential = credential;
    this.#validS = validS;
    this.#now = now;
  }

  /** How the ledger knows this wallet. */
  get holder(): string {
    return this.#credential ?? this.#key.holder;
  }

  signPurchase({
    event,
    seller,
    wanted,
    currency,
    maxTotalMinor,
    paymentReference,
  }: Purchase): Promise<SignedStatement> {
    const places =
      'seats' in wanted ? { seats: [...wanted.seats] } : { priceClass: wanted.priceClass, quantity: wanted.quantity };
    return signStatement(this.#key, 'purchase', {
      ...this.#claims(event),
      seller,
      ...places,
      currency,
      maxTotalMinor,
      paymentReference,
    });
  }

  /** @param to the new holder: its credential where the event asks for one, else its thumbprint; it takes effect once that holder has accepted */
  signTransfer(version: TicketVersion, to: string): Promise<SignedStatement> {
    return signStatement(this.#key, 'transfer', { ...this.#claims(eventOf(version)), ...named(version), to });
  }

  /** Accepts a transfer that somebody signed to this wallet. @param transfer compact JWS */
  async signAcceptance(event: string, transfer: string): Promise<SignedStatement> {
    const payload: Payload<'transfer-acceptance'> = {
      ...this.#claims(event),
      transfer: await digestOf('transfer', transfer),
    };
    return signStatement(this.#key, 'transfer-acceptance', payload);
  }

  /** @param from allotment and seller that the ticket was sold from */
  signReturn(
    version: TicketVersion,
    from: { readonly allotment: string; readonly seller: string },
  ): Promise<SignedStatement> {
    const { allotment, seller } = from;
    return signStatement(this.#key, 'return', {
      ...this.#claims(eventOf(version)),
      ...named(version),
      allotment,
      seller,
    });
  }

  /** What the door reads as a code. */
  signPresentation(version: TicketVersion): Promise<SignedStatement> {
    return signStatement(this.#key, 'presentation', {
      ...this.#claims(eventOf(version), PRESENTATION_VALID_S),
      ...named(version),
    });
  }

  #claims(event: string, validS = this.#validS) {
    const exp = expiryAfter(validS, this.#now());
    const credential = this.#credential;
    return { channel: this.#channel, event, jti: newId(), exp, ...(credential !== undefined && { credential }) };
  }
}

/** An id that nobody else chooses; good as a payment reference too. */
export function newId(): string {
  return `w${encodeBase64url(crypto.getRandomValues(new Uint8Array(ID_BYTES)))}`;
}

const named = ({ ticket, issue, change }: TicketVersion): TicketVersion => ({ ticket, issue, change });

/** `MSP:slug:place` → `MSP:slug` */
const eventOf = ({ ticket }: TicketVersion): string => ticket.split(':').slice(0, 2).join(':');
