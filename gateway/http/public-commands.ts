/**
 * What anybody may submit, because it carries its own signatures. All that can be known before is verified here, so that what nobody signed, or what is
 * about an event that does not exist, is never proposed to endorsers (whose a ticket is that is passed on twice, the ledger says); and it has fewer places at once than the queue, so
 * that sales always find some.
 */
import { requireHolderSignature } from '../../chaincode/domain/authority.js';
import { commandKey, deviceKey, eventKey } from '../../chaincode/domain/keys.js';
import { enrolmentKeysOf } from '../../chaincode/domain/holders.js';
import type { DeviceRecord } from '../../chaincode/domain/records.js';
import { refuse, require } from '../../chaincode/domain/refusal.js';
import type { CommandKind } from '../../chaincode/domain/rules/index.js';
import {
  decodeStatement,
  holderIn,
  requireSignature,
  type Payload,
  type Statement,
} from '../../chaincode/domain/statements.js';
import { requireHolder, ticketKeyOf } from '../../chaincode/domain/ticket.js';
import { requireAbout, verifyHandover, type Handover } from '../certificate/handover.js';
import { GatewayError } from '../errors.js';
import type { Committed, Submitter } from '../fabric/ledger.js';
import { requireEventRecord } from './event-reader.js';
import { expire, type Expired } from './expiries.js';
import type { Blocks, Records } from './ports.js';
import { RecordCache } from './record-cache.js';
import { rehearse } from './rehearsal.js';
import type { IssueOf } from './settlement-reader.js';
import { refund, settle, type Settled } from './settlements.js';

const MAX_AT_ONCE = 100;

export interface PublicCommandsOptions {
  readonly mspId: string;
  readonly channel: string;
  readonly records: Records;
  readonly blocks: Blocks;
  readonly submitter: Submitter;
  /** Milliseconds since 1970. */
  readonly nowMs?: () => number;
  readonly maxAtOnce?: number;
}

/** A scan by a gate device, and the code that it read where the action asks for one. */
export interface Admission {
  readonly scan: string;
  readonly presentation?: string | undefined;
}

export interface CommitteeCommand extends Readonly<Record<string, unknown>> {
  readonly kind: Extract<CommandKind, 'person.register' | `credential.${string}` | 'key.post' | 'key.advance'>;
}

export class PublicCommands {
  readonly #options: Required<PublicCommandsOptions>;
  readonly #known = new RecordCache();
  #underWay = 0;

  constructor(options: PublicCommandsOptions) {
    this.#options = { maxAtOnce: MAX_AT_ONCE, nowMs: Date.now, ...options };
  }

  /** @throws {Refusal | GatewayError} */
  transfer({ transfer, acceptance }: Handover): Promise<Committed> {
    return this.#bounded(async () => {
      const { payload } = verifyHandover({ transfer, acceptance }, { channel: this.#options.channel });
      await this.#requireEvent(payload.event);
      return this.#options.submitter.submit({ kind: 'ticket.transfer', transfer, acceptance });
    });
  }

  /** @throws {Refusal | GatewayError} */
  withdraw(withdrawal: string): Promise<Committed> {
    return this.#bounded(async () => {
      await this.#requireHolders('withdrawal', withdrawal, 'withdrawal');
      return this.#options.submitter.submit({ kind: 'ticket.unlist', withdrawal });
    });
  }

  /** @throws {Refusal | GatewayError} */
  refund(claim: string): Promise<Committed> {
    return this.#bounded(async () => {
      const { payload } = await this.#requireHolders('refund-claim', claim, 'claim');
      return refund(this.#options, claim, payload);
    });
  }

  /** Nobody's word is needed: what is due is due. @throws {Refusal | GatewayError} NOTHING_DUE without a transaction */
  settle(of: IssueOf, key?: string): Promise<Settled> {
    return this.#bounded(() => settle(this.#options, of, key));
  }

  /** Nobody's word is needed: what is over is over. @throws {Refusal | GatewayError} NOTHING_DUE without a transaction */
  expire(ticket: string, key?: string): Promise<Expired> {
    return this.#bounded(() => expire(this.#options, ticket, key));
  }

  /** @throws {Refusal | GatewayError} */
  admit({ scan, presentation }: Admission): Promise<Committed> {
    return this.#bounded(async () => {
      const { channel, submitter } = this.#options;
      const scanned = decodeStatement('scan', scan, 'scan');
      requireAbout(scanned, { channel });
      if (presentation !== undefined)
        requireHolderSignature(decodeStatement('presentation', presentation, 'presentation'));
      const { kid, jwk } = await this.#requireDevice(scanned.payload);
      require(kid === scanned.signer, 'UNKNOWN_KEY', { field: 'scan.header.kid', device: scanned.payload.device });
      requireSignature(scanned, jwk);
      return submitter.submit({ kind: 'ticket.scan', scan, ...(presentation !== undefined && { presentation }) });
    });
  }

  /**
   * What the committee's nodes have signed, what a holder has signed about his key, and what anybody may record because the ledger can see that it is so.
   * @throws {Refusal | GatewayError}
   */
  committee(command: CommitteeCommand): Promise<Committed> {
    return this.#rehearsed(command);
  }

  /** A deposit taken back by who made it, with whomever it is. @throws {Refusal | GatewayError} */
  withdrawDeposit(statement: string): Promise<Committed> {
    return this.#rehearsed({ kind: 'market.withdraw', statement });
  }

  #rehearsed(command: Parameters<Submitter['submit']>[0]): Promise<Committed> {
    return this.#bounded(async () => {
      await rehearse(command, this.#options);
      return this.#options.submitter.submit(command);
    });
  }

  async #bounded<T>(submit: () => Promise<T>): Promise<T> {
    const limit = this.#options.maxAtOnce;
    if (this.#underWay >= limit) throw new GatewayError('QUEUE_FULL', { limit });
    this.#underWay += 1;
    try {
      return await submit();
    } finally {
      this.#underWay -= 1;
    }
  }

  /** A statement about a ticket, signed by its holder. */
  async #requireHolders<N extends 'withdrawal' | 'refund-claim'>(
    name: N,
    jws: string,
    field: string,
  ): Promise<Statement<N>> {
    const statement = decodeStatement(name, jws, field);
    requireAbout(statement, { channel: this.#options.channel });
    requireHolderSignature(statement);
    await this.#requireEvent(statement.payload.event);
    await this.#requireHeld(statement);
    return statement;
  }

  /** Anybody can make a key and sign with it. Whose statement was taken already gets its receipt again, whoever has the ticket since. */
  async #requireHeld(statement: Statement<'withdrawal' | 'refund-claim'>): Promise<void> {
    const { payload, signer, field } = statement;
    const keys = [ticketKeyOf(payload, field), commandKey(payload.event, signer, payload.jti)] as const;
    const [ticket, taken] = await this.#options.records.read(keys);
    if (!ticket) return refuse('UNKNOWN_TICKET', { field: `${field}.ticket`, ticket: payload.ticket });
    if (taken) return;
    requireHolder(ticket, holderIn(statement), `${field}.header.jwk`);
    await this.#requireEnrolled(statement);
  }

  /** Anybody can name somebody's credential too: the key must be the one that speaks for it. */
  async #requireEnrolled(statement: Statement<'withdrawal' | 'refund-claim'>): Promise<void> {
    const [key] = enrolmentKeysOf(statement.payload.event, statement);
    if (key === undefined) return;
    const [enrolment] = await this.#options.records.read([key]);
    const expected = enrolment?.key ?? '';
    require(statement.signer === expected, 'KEY_NOT_VALID', { field: `${statement.field}.header.jwk`, expected });
  }

  async #requireEvent(event: string): Promise<void> {
    const key = eventKey(event);
    if (!this.#known.get(key)) this.#known.keep(key, await requireEventRecord(this.#options.records, event));
  }

  /** A device's key is its own for good; whether it is still valid the ledger says. */
  async #requireDevice({ event, device }: Payload<'scan'>): Promise<DeviceRecord> {
    const key = deviceKey(event, device);
    const known = this.#known.get(key);
    if (known) return known;
    const [record, found] = await this.#options.records.read([key, eventKey(event)]);
    if (!found) return refuse('UNKNOWN_EVENT', { field: 'event', event });
    this.#known.keep(key, record);
    return record ?? refuse('UNKNOWN_DEVICE', { field: 'scan.device', device });
  }
}
