/** The ledger as wallets see it, with the rules that they meet: t statements, the first key only once, a wait without the old key's word. */
import type { PublishedKey } from '../../../../committee/client/index.js';
import { decodeMessage } from '../../../../committee/messages/index.js';
import type { BoundKey, LedgerClient, LedgerCommand } from '../../../../committee/wallet/index.js';

type Registering = Exclude<LedgerCommand, { kind: 'credential.veto' }>;

export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export class ALedger implements LedgerClient {
  readonly bound = new Map<string, BoundKey>();
  readonly commands: LedgerCommand[] = [];

  constructor(
    readonly keys: Map<string, PublishedKey>,
    readonly threshold: number,
  ) {}

  key(owner: string): Promise<PublishedKey> {
    const key = this.keys.get(owner);
    return key ? Promise.resolve(key) : Promise.reject(new Refused('KEY_NOT_USABLE'));
  }

  boundKey(event: string | undefined, subject: string): Promise<BoundKey | undefined> {
    return Promise.resolve(this.bound.get(`${event ?? ''}/${subject}`));
  }

  submit(command: LedgerCommand): Promise<void> {
    return Promise.resolve(command).then((each) => this.#decide(each));
  }

  /** 72 hours later. */
  activate(): void {
    for (const [id, { pending, ...rest }] of this.bound)
      this.bound.set(id, pending ? { key: pending.key, sequence: pending.sequence } : rest);
  }

  #decide(command: LedgerCommand): void {
    this.commands.push(command);
    if (command.kind === 'credential.veto') {
      this.#veto(command.statement);
      return;
    }
    const { id, key, sequence, signers } = claimOf(command);
    if (signers.size < this.threshold) throw new Refused('STATEMENTS_TOO_FEW');
    const before = this.bound.get(id);
    if (sequence === 0) {
      if (before && before.key !== key) throw new Refused('PERSON_EXISTS');
      this.bound.set(id, { key, sequence });
      return;
    }
    if (!before || sequence !== before.sequence + 1) throw new Refused('STALE_SEQUENCE');
    const released = command.release && decodeMessage('key-release', command.release, 'release').signer === before.key;
    const activatesAt = command.approvals?.length === 2 ? 'in an hour' : 'in three days';
    this.bound.set(id, released ? { key, sequence } : { ...before, pending: { key, sequence, activatesAt } });
  }

  #veto(statement: string): void {
    const { payload, signer } = decodeMessage('key-veto', statement, 'statement');
    const id = `${payload.event ?? ''}/${payload.subject}`;
    const before = this.bound.get(id);
    if (before?.key !== signer || before.pending?.key !== payload.key) throw new Refused('NO_REPLACEMENT');
    this.bound.set(id, { key: before.key, sequence: before.pending.sequence });
  }
}

function claimOf(command: Registering) {
  const person = command.kind === 'person.register';
  const messages = command.statements.map((jws) => decodeMessage(person ? 'person' : 'enrolment', jws, 'statements'));
  const signers = new Set(messages.map(({ signer }) => signer));
  const { key, sequence } = messages[0]!.payload;
  const subject = person ? command.person : (messages[0]!.payload as { credential: string }).credential;
  return { id: `${person ? '' : command.event}/${subject}`, key, sequence, signers };
}
