/**
 * What the nodes of a running network would post in the generation of an event's key: worked out on a ledger in memory, signed with the nodes' own keys. What
 * stands in a message depends on the key's name, the epoch and the numbers of nodes only, so the real ledger takes it.
 */
import type { Message } from '../../chaincode/crypto/generation/messages.js';
import { aKeyMessage, appointCommittee, type TestCommittee, type TestGeneration } from './committee.js';
import { owing } from './crooked-nodes.js';
import { KeyGeneration, type Course } from './key-generation.js';
import { anEvent, EVENT_POLICY, type Command } from './statements.js';
import { TestLedger } from './test-ledger.js';

export class ShadowGeneration {
  readonly course: KeyGeneration;
  readonly name: TestGeneration;
  readonly #committee: TestCommittee;
  #told = 0;

  constructor(committee: TestCommittee, event: string, conducts: Course['conducts'] = {}) {
    this.#committee = committee;
    const { nodes, threshold, epoch } = committee;
    const ledger = TestLedger.founded();
    ledger.accept([anEvent({ event, policy: { ...EVENT_POLICY, credentialRequired: true } }).command]);
    const appointed = Array.from({ length: epoch }, (_, at) =>
      appointCommittee(ledger, nodes.length, threshold, at + 1),
    );
    this.course = new KeyGeneration(ledger, appointed.at(-1)!, { event, conducts });
    this.name = this.course.name;
  }

  /** Until nodes owe such a message. @returns that of the first, as if it were node 1's */
  until<K extends Message['kind']>(kind: K) {
    return owing(kind, this.course).message;
  }

  /** What has been posted since it was last asked for. */
  news(): readonly Command[] {
    const { outcomes } = this.course;
    const since = outcomes.slice(this.#told);
    this.#told = outcomes.length;
    return since.flatMap(({ message, outcome }) => (outcome.accepted ? [this.command(message)] : []));
  }

  /** Signed by the node whose message it is. */
  command(message: Message): Command {
    const index = 'dealer' in message ? message.dealer : message.recipient;
    return aKeyMessage(this.name, message, this.#committee.nodes[index - 1]!);
  }
}
