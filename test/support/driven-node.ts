/** A committee node in the place of one that is stopped, with that one's signing key: it keeps to the protocol except where it cheats. */
import { randomBytes } from 'node:crypto';
import { boardFrom } from '../../chaincode/domain/key-generation/board.js';
import type { Message } from '../../chaincode/crypto/generation/messages.js';
import { isOver } from '../../chaincode/crypto/generation/rounds.js';
import { indexIn } from '../../committee/keys/beginning.js';
import { commandFor } from '../../committee/keys/commands.js';
import { follow } from '../../committee/keys/follow.js';
import { begin, owed, type NodeState, type Role } from '../../committee/protocol/index.js';
import type { SigningKey } from '../../committee/storage/signing-key.js';
import { AGAIN } from './attempts.js';
import type { Cheat } from './cheats.js';
import { codeOf } from './code-of.js';
import type { Boards } from './real-nodes.js';
import type { Party } from './real-network.js';
import { until } from './until.js';

const GENERATION = 1;

export interface DrivenNodeOptions {
  readonly signer: SigningKey;
  readonly cheat: Cheat;
  /** Posts through its gateway. */
  readonly party: Party;
  readonly boards: Boards;
}

/** What it deals and what it is dealt stand apart: once it has cheated in the one, its state of that fits the ledger's no more. */
interface Part {
  state: NodeState;
  readonly sent: Set<Message['kind']>;
  hasCheated: boolean;
}

export class DrivenNode {
  readonly #options: DrivenNodeOptions;

  constructor(options: DrivenNodeOptions) {
    this.#options = options;
  }

  /** Takes part in the event's first generation, from its beginning to its end. */
  async takePart(event: string): Promise<void> {
    const { boards, signer } = this.#options;
    await boards.when(event, () => true, GENERATION);
    const { record } = (await boards.posted(event, GENERATION))!;
    const index = indexIn(record.recipients, signer.kid)!;
    const start = (role: Role): Part => {
      const seed = randomBytes(32).toString('base64url');
      const { state } = begin({ generation: record.generation, role, secret: { seed } });
      return { state, sent: new Set(), hasCheated: false };
    };
    const parts = [start({ dealer: index }), start({ recipient: index })];
    await until(() => this.#look(event, parts));
  }

  /** @returns whether the generation is over */
  async #look(event: string, parts: readonly Part[]): Promise<boolean> {
    const posted = (await this.#options.boards.posted(event, GENERATION))!;
    for (const part of parts.filter(({ hasCheated }) => !hasCheated)) {
      part.state = follow(part.state, posted);
      for (const message of owed(part.state)) {
        if (message.kind === 'advance' || part.sent.has(message.kind)) continue;
        const said = this.#options.cheat(message, part.state);
        const { party, signer } = this.#options;
        const context = { channel: party.profile.channel, signer, now: Date.now };
        const { statement } = commandFor({ owner: event, generation: GENERATION }, said, posted, context);
        const code = await codeOf(party.client.postKeyMessage(statement as string));
        // Others post at the same time: with the next look.
        if (AGAIN.includes(code)) continue;
        if (code !== 'accepted') throw new Error(`${message.kind} was ${code}`);
        part.sent.add(message.kind);
        part.hasCheated ||= said !== message;
      }
    }
    return isOver(boardFrom(posted));
  }
}
