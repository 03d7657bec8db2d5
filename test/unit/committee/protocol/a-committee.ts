/**
 * A committee in one process: a ledger that is nothing but the board, and nodes that see what it takes, in its order. Every node's state goes through JSON
 * before every step, so each step is a restart. What a node sends can be changed, dropped or held back on its way.
 */
import { Fault, type FaultCode } from '../../../../chaincode/crypto/fault.js';
import { openBoard, post, type Board, type Round } from '../../../../chaincode/crypto/generation/board.js';
import type { Generation, SharedKey } from '../../../../chaincode/crypto/generation/generation.js';
import { parseMessage, type Message } from '../../../../chaincode/crypto/generation/messages.js';
import { advance, isComplete, isOver } from '../../../../chaincode/crypto/generation/rounds.js';
import { decodeSecret, ORDER, type Scalar } from '../../../../chaincode/crypto/scalar.js';
import { lagrangeAtZero } from '../../../../chaincode/crypto/sharing.js';
import {
  begin,
  owed,
  step,
  type Input,
  type NodeState,
  type Outgoing,
  type Role,
} from '../../../../committee/protocol/index.js';

/** @returns what reaches the ledger in place of the message; undefined for nothing */
export type Conduct = (message: Message, state: NodeState) => Message | undefined;

export interface MemberOptions {
  readonly role: Role;
  /** The old share, base64url, where a key moves. */
  readonly constant?: string;
  readonly conduct?: Conduct;
}

interface Member {
  state: NodeState;
  readonly conduct: Conduct;
}

interface Sent {
  readonly member: Member;
  readonly outgoing: Outgoing;
}

interface Refused {
  readonly message: Message;
  readonly code: FaultCode;
}

export const honest: Conduct = (message) => message;
export const silent: Conduct = () => undefined;
export const silentFrom =
  (...kinds: Message['kind'][]): Conduct =>
  (message) =>
    kinds.includes(message.kind) ? undefined : message;

export const aGeneration = (nodes: number, threshold: number, change: Partial<Generation> = {}): Generation => ({
  channel: 'guichet',
  keyId: 'key-1',
  epoch: 1,
  nodes,
  threshold,
  ...change,
});

/** A seed that another name doesn't have. */
export const seedOf = (name: string): string => Buffer.from(name.padEnd(32, '.').slice(0, 32)).toString('base64url');

/** What is done next: of all messages on their way, one by its place. The first, unless a simulation draws. */
export type Draw = (below: number) => number;

export class Committee {
  board: Board;
  readonly members: Member[];
  readonly refused: Refused[] = [];
  /** Every message that the ledger took. */
  readonly taken: Message[] = [];
  readonly #way: Sent[] = [];
  readonly #draw: Draw;

  constructor(
    generation: Generation,
    members: readonly MemberOptions[],
    { draw = () => 0, seed = 'seed' }: { draw?: Draw; seed?: string } = {},
  ) {
    this.board = openBoard(generation);
    this.#draw = draw;
    this.members = members.map(({ role, constant, conduct = honest }, at) => {
      const secret = {
        seed: seedOf(`${seed} ${generation.keyId} ${generation.epoch} ${at}`),
        ...(constant && { constant }),
      };
      const { state, outbox } = begin({ generation, role, secret });
      const member = { state, conduct };
      this.#send(member, outbox);
      return member;
    });
  }

  /** All nodes are dealers and recipients. */
  static of(
    generation: Generation,
    conducts: Readonly<Record<number, Conduct>> = {},
    options: { draw?: Draw; seed?: string } = {},
  ): Committee {
    const members = Array.from({ length: generation.nodes }, (_, at) => ({
      role: { dealer: at + 1, recipient: at + 1 },
      conduct: conducts[at + 1] ?? honest,
    }));
    return new Committee(generation, members, options);
  }

  get key(): SharedKey {
    if (!this.board.outcome) throw new Error(`no key: ${this.board.round} ${this.board.failure ?? ''}`);
    return this.board.outcome;
  }

  shareOf(index: number): Scalar | undefined {
    const share = this.member(index).state.share;
    return share === undefined ? undefined : decodeSecret(share, 'share');
  }

  member(recipient: number): Member {
    return this.members.find(({ state }) => state.role.recipient === recipient)!;
  }

  /** The secret that nobody has, from the shares of these nodes. */
  secretFrom(indexes: readonly number[]): Scalar {
    const weights = lagrangeAtZero(indexes);
    return indexes.reduce((sum, index) => (sum + weights.get(index)! * this.shareOf(index)!) % ORDER, 0n);
  }

  /** Until the key is usable or the generation failed; deadlines pass where nothing else is on its way. */
  run(until: (board: Board) => boolean = isOver): this {
    for (let steps = 0; !until(this.board); steps++) {
      if (steps > 10_000) throw new Error('does not come to an end');
      if (!this.deliverOne()) this.passDeadline();
    }
    while (isOver(this.board) && this.deliverOne());
    return this;
  }

  passDeadline(): void {
    const { round } = this.board;
    for (const member of this.members) this.tell(member, { kind: 'deadline', round });
    // Somebody always asks, be it no node.
    if (this.board.round === round && this.#way.length === 0) this.#end(round);
  }

  deliverOne(): boolean {
    if (this.#way.length === 0) return false;
    const [{ member, outgoing }] = this.#way.splice(this.#draw(this.#way.length), 1) as [Sent];
    if (outgoing.kind === 'advance') {
      const late = this.members.some(({ state }) => state.overdue === outgoing.from);
      if (this.board.round === outgoing.from && (late || isComplete(this.board))) this.#end(outgoing.from);
      return true;
    }
    const sent = member.conduct(outgoing, member.state);
    if (sent) this.submit(sent);
    return true;
  }

  /** The ledger takes or refuses, and tells everybody. */
  submit(message: Message): void {
    try {
      this.board = post(this.board, parseMessage(JSON.parse(JSON.stringify(message))));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.refused.push({ message, code: error.code });
      return;
    }
    this.taken.push(message);
    for (const member of this.members) this.tell(member, { kind: 'posted', message });
  }

  /** Each step begins with what was stored, and what it has to send is what a restart would send. */
  tell(member: Member, input: Input): void {
    const stored = JSON.parse(JSON.stringify(member.state)) as NodeState;
    // A node whose own message was changed on its way is no longer part of it.
    try {
      const { state, outbox } = step(stored, input);
      member.state = state;
      this.#send(member, outbox);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'NOT_MY_MESSAGE') throw error;
      if (input.kind === 'posted') member.state = { ...stored, board: post(stored.board, input.message) };
    }
  }

  /** Sends again all that is owed, as after a restart. */
  restart(member: Member): void {
    this.#send(member, owed(JSON.parse(JSON.stringify(member.state)) as NodeState));
  }

  #end(from: Round): void {
    this.board = advance(this.board, true);
    for (const member of this.members) this.tell(member, { kind: 'advanced', from });
  }

  #send(member: Member, outbox: readonly Outgoing[]): void {
    this.#way.push(...outbox.map((outgoing) => ({ member, outgoing })));
  }
}

/** The members of a committee that takes a key over: `stays` maps old indexes to new ones. */
export function successors(
  old: Committee,
  nodes: number,
  {
    stays = {},
    conducts = {},
  }: { stays?: Readonly<Record<number, number>>; conducts?: Readonly<Record<number, Conduct>> } = {},
): MemberOptions[] {
  const dealers = old.members
    .filter(({ state }) => state.share !== undefined)
    .map(({ state: { role, share } }): MemberOptions => {
      const dealer = role.recipient!;
      const recipient = stays[dealer];
      const conduct = conducts[dealer] ?? honest;
      return { role: { dealer, ...(recipient !== undefined && { recipient }) }, constant: share!, conduct };
    });
  const taken = new Set(Object.values(stays));
  const fresh = Array.from({ length: nodes }, (_, at) => at + 1).filter((index) => !taken.has(index));
  return [...dealers, ...fresh.map((recipient) => ({ role: { recipient } }))];
}
