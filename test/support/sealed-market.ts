/** Sealed markets on the test ledger: an event for persons, a market whose key the tests know, and what everybody sends to it. */
import { encodePoint } from '../../chaincode/crypto/point.js';
import { encodeScalar, toScalar, type Scalar } from '../../chaincode/crypto/scalar.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { generationKey, sharedKeyKey } from '../../chaincode/domain/committee-keys.js';
import { marketIdOf } from '../../chaincode/domain/ids.js';
import { marketKeyOf } from '../../chaincode/domain/market/open-order.js';
import { composeOrder } from '../../chaincode/domain/market/order-text.js';
import { marketKey } from '../../chaincode/domain/market/keys.js';
import type { MarketRecord } from '../../chaincode/domain/market/records.js';
import type { PolicyClasses, PolicyPart } from '../../chaincode/domain/policy/policy.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import { forPersons, type CredentialScene } from './credentials.js';
import { pointNamed, secretNamed } from './curve.js';
import type { TestKey } from './keys.js';
import { sealedOrder } from './sealed-orders.js';
import {
  anAllotment,
  aSale,
  claims,
  held,
  newId,
  signStatement,
  type Command,
  type Held,
  type TestAllotment,
} from './statements.js';
import type { SubmitOptions } from './test-ledger.js';

/** When orders are taken, when they are not any more, and from when on anybody may abort. */
export const CLOSES = '2027-03-02T12:00:00Z';
export const ABORTABLE = '2027-03-02T13:00:00Z';

export type Order = Pick<Payload<'order'>, 'bid' | 'ask' | 'cancel'>;
type Bid = NonNullable<Order['bid']>;
type Ask = NonNullable<Order['ask']>;

/** 30.00 at most, deposited with ResellerMSP. */
export const aBid = (overrides: Partial<Bid> = {}): Order => ({
  bid: { name: 'first', priceClass: 'standard', quantity: 1, limitMinor: 3000, reseller: 'ResellerMSP', ...overrides },
});
/** 20.00: with the buyer's fee 21.00, and its first buyer paid 22.00. */
export const anAsk = ({ ticket, issue = 1 }: Held, overrides: Partial<Ask> = {}): Order => ({
  ask: { ticket, issue, askMinor: 2000, reseller: 'ResellerMSP', ...overrides },
});

export interface SealingOptions {
  readonly sequence?: number;
  readonly guests?: readonly string[];
  /** Who takes it in. */
  readonly mspId?: string;
  readonly slot?: number;
  readonly overrides?: Partial<Payload<'order'>>;
  /** In place of the order and its consents. */
  readonly plaintext?: Uint8Array;
  /** In place of the market's own key. */
  readonly key?: string;
}

export interface SealedOptions {
  readonly policy?: PolicyPart;
  readonly classes?: PolicyClasses;
  readonly terms?: Partial<Payload<'market'>>;
  /** Without it the market has none. */
  readonly keyed?: boolean;
}

export class SealedMarket {
  readonly scene: CredentialScene;
  readonly number: number;
  readonly terms: Payload<'market'>;
  readonly opening: Command;
  /** The organizer's own allotment, of a ballot or returns. */
  readonly stage: TestAllotment | undefined;
  readonly #slots = new Map<string, number>();

  constructor(scene: CredentialScene, terms: Partial<Payload<'market'>> = {}, stage?: TestAllotment) {
    const { event } = scene;
    this.scene = scene;
    this.stage = stage;
    this.terms = {
      ...claims(event.event),
      market: 1,
      supply: 'resale',
      closesAt: CLOSES,
      abortableAt: ABORTABLE,
      depositSteps: [3000, 6000, 12_000],
      quotas: { ResellerMSP: 300, VenueMSP: 3 },
      guarantees: { ResellerMSP: 1_000_000, OtherResellerMSP: 12_000 },
      sellerFeeBps: 500,
      buyerFeeBps: 500,
      ...terms,
    };
    this.number = this.terms.market;
    this.opening = { kind: 'market.open', statement: signStatement('market', this.terms, event.eventKey) };
  }

  /** The one after it. */
  next(terms: Partial<Payload<'market'>> = {}): SealedMarket {
    return new SealedMarket(this.scene, { ...this.terms, ...claims(this.event), market: this.number + 1, ...terms });
  }

  get event(): string {
    return this.scene.event.event;
  }

  get id(): string {
    return marketIdOf(this.event, this.number);
  }

  get record(): MarketRecord {
    return this.scene.ledger.read(marketKey(this.event, this.number))!;
  }

  /** Indexes of the nodes that have a share of its key; of all as long as there is none. */
  get holders(): readonly number[] {
    const { nodes } = this.scene.committee;
    const publicShares = this.scene.ledger.read(sharedKeyKey(this.id))?.key?.publicShares;
    return publicShares ? Object.keys(publicShares).map(Number) : nodes.map((_, at) => at + 1);
  }

  /** What `of` says, in the name of this market. */
  readonly of = () => ({ event: this.event, market: this.number });
  readonly claims = () => ({ ...claims(this.event), market: this.number });

  /** As after its generation. @param holders the nodes that have a share */
  holdKey(holders: readonly number[] = [1, 2, 3, 4]): void {
    const { epoch, threshold, nodes } = this.scene.committee;
    const publicShares = Object.fromEntries(holders.map((index) => [index, publicOf(shareOf(index))]));
    const key = {
      generation: 1,
      epoch,
      threshold,
      groupKey: publicOf(shareOf(0)),
      publicShares,
      nodes: nodes.map(({ jwk }) => jwk),
    };
    this.scene.ledger.put(sharedKeyKey(this.id), { generation: 1, epoch, threshold, state: 'usable', key });
  }

  /** As `key.advance` leaves it once too few shares of it are left: its generation's record stays. */
  destroyKey(): void {
    const { ledger } = this.scene;
    const { key, epoch, threshold } = ledger.read(sharedKeyKey(this.id))!;
    const { nodes: recipients, generation: number, groupKey, publicShares } = key!;
    const generation = { channel: this.terms.channel, keyId: this.id, epoch, threshold, nodes: recipients.length };
    const outcome = { threshold, groupKey, publicShares, qualified: Object.keys(publicShares).map(Number) };
    ledger.put(generationKey(this.id, number), { generation, startedAt: 0, recipients, outcome });
    ledger.put(sharedKeyKey(this.id), { generation: number, epoch, threshold, state: 'destroyed' });
  }

  /** @param seat the n-th of row A. @returns the ticket in the hands of an enrolled person */
  ticket(holder: TestKey, seat: string): Held {
    const sale = aSale(this.scene.floor, { buyer: holder, seats: [seat] });
    this.scene.ledger.accept(sale.command);
    return held(sale);
  }

  deposit(by: TestKey, overrides: Partial<Payload<'deposit'>> = {}): Command {
    const payload = {
      ...this.claims(),
      credential: by.credential ?? '',
      reseller: 'ResellerMSP',
      amountMinor: 3000,
      currency: 'EUR',
      paymentReference: newId(),
      ...overrides,
    };
    return { kind: 'market.deposit', statement: signStatement('deposit', payload, by) };
  }

  /** All of what it deposited, back. */
  withdrawal(by: TestKey, overrides: Partial<Payload<'deposit-withdrawal'>> = {}): Command {
    const own = { credential: by.credential ?? '', reseller: 'ResellerMSP' };
    const statement = signStatement('deposit-withdrawal', { ...this.claims(), ...own, ...overrides }, by);
    return { kind: 'market.withdraw', statement };
  }

  consent(guest: TestKey, host: TestKey, overrides: Partial<Payload<'guest'>> = {}): string {
    const people = { credential: guest.credential ?? '', host: host.credential ?? '' };
    return signStatement('guest', { ...this.claims(), ...people, bid: 'first', ...overrides }, guest);
  }

  /** The person's statement. */
  said(by: TestKey, order: Order, { sequence = 0, overrides = {} }: SealingOptions = {}): string {
    const own = { credential: by.credential ?? '', marketKey: marketKeyOf(pointNamed('market')), sequence };
    return signStatement('order', { ...this.claims(), ...own, ...order, ...overrides }, by);
  }

  /** Sealed, in the next free slot unless told otherwise. */
  order(by: TestKey, order: Order, options: SealingOptions = {}): Command {
    const { mspId = 'ResellerMSP', guests = [], key = 'market' } = options;
    const { supply } = this.terms;
    const slot = options.slot ?? this.#slots.get(mspId) ?? 0;
    if (options.slot === undefined) this.#slots.set(mspId, slot + 1);
    const plaintext = options.plaintext ?? composeOrder(this.said(by, order, options), guests, supply);
    const { id, sealed } = sealedOrder(plaintext, newId(), { market: this.id, mspId, supply, key });
    return { kind: 'market.order', id, ...this.of(), slot, sealed };
  }

  /** Deposits and bids; through ResellerMSP. */
  bid(
    by: TestKey,
    overrides: Partial<Bid> = {},
    options: SealingOptions & { readonly amountMinor?: number } = {},
  ): void {
    const { amountMinor = 3000, ...sealing } = options;
    this.take(this.deposit(by, { amountMinor }));
    this.take(this.order(by, aBid(overrides), sealing));
  }

  ask(by: TestKey, ticket: Held, overrides: Partial<Ask> = {}, options: SealingOptions = {}): void {
    this.take(this.order(by, anAsk(ticket, overrides), options));
  }

  /** What must be accepted. */
  take(command: Command, options: SubmitOptions = {}): void {
    this.scene.ledger.accept(command, { caller: 'ResellerMSP', ...options });
  }

  /** Node `index` says that the time has come. */
  closing(index: number, overrides: Partial<Payload<'market-close'>> = {}): string {
    return signStatement('market-close', { ...this.claims(), ...overrides }, this.scene.committee.nodes[index - 1]!);
  }

  share(index: number, overrides: Partial<Payload<'market-share'>> = {}, by = this.scene.committee.nodes[index - 1]!) {
    const root = this.record.root ?? 'A'.repeat(43);
    const payload = { ...this.claims(), index, share: encodeScalar(shareOf(index)), root, ...overrides };
    return { kind: 'market.reveal', statement: signStatement('market-share', payload, by) };
  }
}

/** On the polynomial whose value at 0 is the market's secret; any three give it. */
export function shareOf(index: number): Scalar {
  const coefficients = ['market', 'coefficient 1', 'coefficient 2'].map(secretNamed);
  return toScalar(coefficients.reduce((sum, each, degree) => sum + each * BigInt(index) ** BigInt(degree), 0n));
}

const publicOf = (secret: Scalar): string => encodePoint(nodeSuite.multiplyBase(secret)!);

/** Opened, and its key made, at an event on sale for persons. */
export function sealedMarket({ policy, classes, terms, keyed = true }: SealedOptions = {}): SealedMarket {
  const scene = forPersons({ market: 'both', ...policy }, classes);
  const market = new SealedMarket(scene, terms);
  scene.ledger.accept(market.opening);
  if (keyed) market.holdKey();
  return market;
}

type Person = TestKey & { readonly credential: string };

/** Enrolled persons of these names. */
export const persons = <N extends readonly string[]>({ scene }: SealedMarket, ...names: N) =>
  names.map((name) => scene.enrol(name)) as { [K in keyof N]: Person };

export interface DrawingOptions {
  /** What the allotment is called. */
  readonly allotment?: string;
  /** Whether the organizer had closed it. */
  readonly closed?: boolean;
  /** What `Owner` has bought of it. */
  readonly sold?: readonly string[];
  readonly policy?: PolicyPart;
}

/** A ballot, or a waiting list, for row A of section `stage`, which the organizer sells itself at 22.00. */
export function drawing(
  supply: 'ballot' | 'returns',
  { allotment = 'stage-a', closed = false, sold = [], policy = {} }: DrawingOptions = {},
): SealedMarket {
  const scene = forPersons(policy);
  const { ledger, event } = scene;
  const stage = anAllotment(event, {
    allotment,
    seller: 'OrganizerMSP',
    priceClass: 'ballot',
    seats: { section: 'stage', rows: [['A', 1, 9]] },
  });
  ledger.accept(stage.command);
  if (sold.length > 0) ledger.accept(aSale(stage, { buyer: scene.enrol('Owner'), seats: sold }).command);
  const closing = { kind: 'allotment.close', id: newId(), event: event.event, allotment };
  if (closed) ledger.accept(closing);
  const market = new SealedMarket(scene, { supply, allotments: [allotment] }, stage);
  ledger.accept(market.opening);
  market.holdKey();
  return market;
}
