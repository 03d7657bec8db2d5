/**
 * A key generation through the ledger's rules: nodes follow what the ledger took, with the steps of committee/protocol, and post what they owe. What a node
 * sends can be changed or dropped on its way; where nobody has anything to say, the clock goes to the deadline and somebody ends the round.
 */
import { Fault } from '../../chaincode/crypto/fault.js';
import type { Board } from '../../chaincode/crypto/generation/board.js';
import type { Message } from '../../chaincode/crypto/generation/messages.js';
import { isOver } from '../../chaincode/crypto/generation/rounds.js';
import { generationKey, keyNameOf, sharedKeyKey, type KeyOwner } from '../../chaincode/domain/committee-keys.js';
import type { KeyRecord } from '../../chaincode/domain/committee-records.js';
import { boardFrom, type Posted } from '../../chaincode/domain/key-generation/board.js';
import { ROUND_SECONDS } from '../../chaincode/domain/key-generation/deadlines.js';
import { requirePosted, slotsOf, viewOfAll } from '../../chaincode/domain/key-generation/slots.js';
import { timestampOf } from '../../chaincode/domain/time.js';
import type { Outcome } from '../../chaincode/domain/batch.js';
import { begin, owed, step, type Input, type NodeState, type Role } from '../../committee/protocol/index.js';
import { aKeyAdvance, aKeyGeneration, aKeyMessage, type TestCommittee, type TestGeneration } from './committee.js';
import { NOW, type TestKey } from './statements.js';
import type { TestLedger } from './test-ledger.js';

/** @returns what is posted in place of the message; undefined for nothing */
export type Conduct = (message: Message) => Message | undefined;

export interface TestNode {
  state: NodeState;
  /** Its own key in either role. */
  readonly keys: Readonly<Partial<Record<keyof Role, TestKey>>>;
  readonly conduct: Conduct;
}

export interface Course extends KeyOwner {
  readonly generation?: number;
  /** By index among the nodes that get shares. */
  readonly conducts?: Readonly<Record<number, Conduct>>;
  /** Who holds the key until now, where it moves. */
  readonly from?: KeyGeneration;
}

export const silent: Conduct = () => undefined;
export const silentFrom =
  (...kinds: readonly Message['kind'][]): Conduct =>
  (message) =>
    kinds.includes(message.kind) ? undefined : message;

const honest: Conduct = (message) => message;
const seedOf = (name: string): string => Buffer.from(name.padEnd(32, '.').slice(0, 32)).toString('base64url');

export class KeyGeneration {
  readonly ledger: TestLedger;
  readonly name: TestGeneration;
  readonly nodes: readonly TestNode[];
  /** What the ledger said to what was posted. */
  readonly outcomes: { readonly message: Message; readonly outcome: Outcome }[] = [];
  nowSeconds = Date.parse(NOW) / 1000;

  /** Begins it on the ledger. */
  constructor(ledger: TestLedger, committee: TestCommittee, course: Course = {}) {
    const { event, market, generation = 1, conducts = {}, from } = course;
    this.ledger = ledger;
    ledger.accept(aKeyGeneration(event, generation, market));
    const record = ledger.read(generationKey(keyNameOf(event, market), generation))!;
    this.name = { event, market, generation, nodes: slotsOf(record) };
    const secretOf = (who: string) => ({ seed: seedOf(`${keyNameOf(event, market)} ${generation} ${who}`) });
    const start = (role: Role, keys: TestNode['keys'], conduct: Conduct, constant?: string): TestNode => {
      const secret = { ...secretOf(JSON.stringify(role)), ...(constant !== undefined && { constant }) };
      return { state: begin({ generation: record.generation, role, secret }).state, keys, conduct };
    };
    const fresh = committee.nodes.map((recipient, at): TestNode => {
      const [index, conduct] = [at + 1, conducts[at + 1] ?? honest];
      if (from) return start({ recipient: index }, { recipient }, conduct);
      return start({ dealer: index, recipient: index }, { dealer: recipient, recipient }, conduct);
    });
    const leaving = (from?.nodes ?? []).flatMap(({ state: { role, share }, keys, conduct }) =>
      share === undefined ? [] : [start({ dealer: role.recipient! }, { dealer: keys.recipient! }, conduct, share)],
    );
    this.nodes = [...leaving, ...fresh];
  }

  get board(): Board {
    return boardFrom(this.posted);
  }

  get posted(): Posted {
    const read = { get: this.ledger.read.bind(this.ledger), put: () => undefined };
    return requirePosted(read, viewOfAll({ ...this.name, key: keyNameOf(this.name.event, this.name.market) }));
  }

  get key(): KeyRecord {
    return this.ledger.read(sharedKeyKey(keyNameOf(this.name.event, this.name.market)))!;
  }

  /** Until it is usable or has failed. */
  run(): this {
    for (;;) {
      if (this.deliver() > 0) continue;
      if (isOver(this.board)) break;
      if (this.end().accepted) continue;
      this.nowSeconds += ROUND_SECONDS;
      if (!this.end().accepted) throw new Error(`stands still in ${this.board.round}`);
    }
    // A round in which everybody posted and that came to nothing is not on record yet.
    if (this.key.state === 'generating') this.end();
    this.deliver();
    return this;
  }

  /** Everybody posts once what it owes now. @returns how many messages the ledger took */
  deliver(): number {
    let taken = 0;
    for (const node of this.nodes)
      for (const outgoing of owed(node.state)) {
        if (outgoing.kind === 'advance') continue;
        const message = node.conduct(outgoing);
        if (message && this.post(node, message).accepted) taken += 1;
      }
    return taken;
  }

  post(node: TestNode, message: Message): Outcome {
    const key = 'dealer' in message ? node.keys.dealer : node.keys.recipient;
    const outcome = this.ledger.submit(aKeyMessage(this.name, message, key!), this.#now());
    this.outcomes.push({ message, outcome });
    if (outcome.accepted) this.#tell({ kind: 'posted', message });
    this.#follow();
    return outcome;
  }

  /** Somebody of an organization without a node asks for the end of the round. */
  end(caller = 'VenueMSP'): Outcome {
    const outcome = this.ledger.submit(aKeyAdvance(this.name), { ...this.#now(), caller });
    this.#follow();
    return outcome;
  }

  #now() {
    return { now: timestampOf(this.nowSeconds) };
  }

  /** Nodes see on the ledger that a round is over. */
  #follow(): void {
    const { round } = this.board;
    for (const node of this.nodes)
      while (node.state.board.round !== round)
        node.state = step(node.state, { kind: 'advanced', from: node.state.board.round }).state;
  }

  /** Through JSON, so that each step is a restart. A node whose message was changed on its way is out of it. */
  #tell(input: Input): void {
    for (const node of this.nodes) {
      try {
        node.state = step(JSON.parse(JSON.stringify(node.state)) as NodeState, input).state;
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'NOT_MY_MESSAGE') throw error;
        node.state = { ...node.state, board: this.board, dealing: undefined };
      }
    }
  }
}
