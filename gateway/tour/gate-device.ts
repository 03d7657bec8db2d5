/** A gate device of the tour: signs scans, each naming the one before it, so that none can be left out or put in later. */
import type { Payload } from '../../chaincode/domain/statements.js';
import { syncDoorList, type SyncedDoorList } from '../client/door-list.js';
import type { GuichetClient } from '../client/guichet-client.js';
import { nowTimestamp } from '../clock.js';
import { newCommandId } from '../http/command-id.js';
import { generateSigningKey, signPayload, signStatement, type SignedStatement } from '../signer/sign-statement.js';
import type { TicketVersion } from './fan.js';

const VALID_S = 10 * 60;

export interface GateDeviceOptions {
  readonly device: string;
  readonly channel: string;
  readonly event: string;
}

export class GateDevice {
  readonly device: string;
  readonly #options: GateDeviceOptions;
  readonly #key = generateSigningKey();
  #list: SyncedDoorList | undefined;
  #number = 0;
  #previous = '';

  constructor(options: GateDeviceOptions) {
    this.device = options.device;
    this.#options = options;
  }

  /** What it would go by without a connection. @throws {Error} before it has synced */
  get list(): SyncedDoorList {
    if (!this.#list) throw new Error(`${this.device} has not synced`);
    return this.#list;
  }

  /** Takes the event's tickets along. @param client shows the operator's token */
  async sync(client: GuichetClient): Promise<SyncedDoorList> {
    this.#list = await syncDoorList(client, this.#options.event);
    return this.#list;
  }

  get jwk() {
    return this.#key.jwk;
  }

  /** Signs the next scan. It counts only once it was accepted: see `accepted`. @param credential what the committee made of the document that was shown */
  scan(
    action: Payload<'scan'>['action'],
    { ticket, issue, change }: TicketVersion,
    presentation?: Pick<SignedStatement, 'digest'>,
    credential?: string,
  ): SignedStatement {
    return signStatement(this.#key, 'scan', {
      ...this.#options,
      ...{ ticket, issue, change },
      jti: newCommandId(),
      exp: Math.floor(Date.now() / 1000) + VALID_S,
      number: this.#number + 1,
      previous: this.#previous,
      action,
      scannedAt: nowTimestamp(),
      ...(presentation && { presentation: presentation.digest }),
      ...(credential !== undefined && { credential, check: 'document' }),
    });
  }

  /** Signs a question to the committee: whose document this is. @param question of `guichet-gate-check+jwt` */
  ask(question: object): string {
    return signPayload(this.#key, 'gate-check', question).jws;
  }

  accepted(scan: SignedStatement): void {
    this.#number += 1;
    this.#previous = scan.digest;
  }
}
