/** The ledger as a wallet sees it (committee/wallet, its port `LedgerClient`), through a gateway; better another one than the shop's. */
import type { GuichetClient, NewRegistration } from './guichet-client.js';
import { ProblemError } from './problem-error.js';
import type { EnrolmentReceipt, PersonReceipt } from './resources.js';

/** What a wallet has t nodes or its owner sign; it needs no secret to be passed on. */
export type WalletCommand =
  | ({ readonly kind: 'person.register'; readonly person: string } & NewRegistration)
  | ({ readonly kind: 'credential.enrol'; readonly event: string } & NewRegistration)
  | { readonly kind: 'credential.veto'; readonly statement: string };

export interface WalletLedgerOptions {
  readonly client: GuichetClient;
  /** Told where on the ledger a registration stands. */
  readonly onRegistered?: (receipt: PersonReceipt | EnrolmentReceipt) => void;
}

/** Nobody registered it yet. */
const ABSENT: ReadonlySet<string> = new Set(['UNKNOWN_PERSON', 'UNKNOWN_CREDENTIAL']);

export class WalletLedger {
  readonly #options: WalletLedgerOptions;

  constructor(options: WalletLedgerOptions) {
    this.#options = options;
  }

  /** @param owner `dedup` or an event's id @throws {ProblemError | Error} where there is no such key, or none that may be used */
  async key(owner: string) {
    const { usable, state } = await this.#options.client.key(owner);
    if (!usable) throw new Error(`the key of ${owner} is ${state}`);
    return usable;
  }

  /** @param event undefined for a person */
  async boundKey(event: string | undefined, subject: string) {
    const { client } = this.#options;
    try {
      return await (event === undefined ? client.person(subject) : client.enrolment(event, subject));
    } catch (error) {
      if (error instanceof ProblemError && ABSENT.has(error.code)) return undefined;
      throw error;
    }
  }

  /** @throws {ProblemError} */
  async submit(command: WalletCommand): Promise<void> {
    const { client, onRegistered } = this.#options;
    if (command.kind === 'credential.veto') {
      await client.veto(command.statement);
      return;
    }
    const { body } =
      command.kind === 'person.register'
        ? await client.registerPerson(command.person, registrationIn(command))
        : await client.enrol(command.event, registrationIn(command));
    onRegistered?.(body);
  }
}

const registrationIn = ({ statements, release, approvals }: NewRegistration): NewRegistration => ({
  statements,
  ...(release !== undefined && { release }),
  ...(approvals && { approvals }),
});
