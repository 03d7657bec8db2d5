/** What a node tells of its keys: to its log, its metrics, and to whoever asks for its status. */
import type { Logger } from 'pino';
import type { Fault } from '../../chaincode/crypto/fault.js';
import { rulingsOf } from '../../chaincode/crypto/generation/board.js';
import { DEDUP } from '../../chaincode/domain/committee-keys.js';
import type { Submitted } from '../ledger/submitter.js';
import type { Counter } from '../metrics.js';
import type { KeyStatus } from '../node/status.js';
import type { NodeState } from '../protocol/index.js';
import type { KeyName, ShareStore } from '../storage/share-store.js';
import { indexIn } from './beginning.js';
import type { KeyView } from './key-ledger.js';

export interface KeyReport {
  seen(owner: string, view: KeyView): void;
  followed(name: KeyName, before: NodeState, after: NodeState): void;
  lost(name: KeyName, fault: Fault): void;
  submitted(owner: string, submitted: Submitted): void;
}

export interface KeyStatusBoardOptions {
  readonly logger: Logger;
  readonly store: Pick<ShareStore, 'get'>;
  readonly kid: string;
  /** Commands by what became of them. */
  readonly commands: Counter<'result'>;
}

export class KeyStatusBoard implements KeyReport {
  readonly #options: KeyStatusBoardOptions;
  readonly #views = new Map<string, KeyView>();

  constructor(options: KeyStatusBoardOptions) {
    this.#options = options;
  }

  get epoch(): number | undefined {
    return this.#views.get(DEDUP)?.committee?.epoch;
  }

  get index(): number | undefined {
    const members = this.#views.get(DEDUP)?.committee?.members ?? [];
    return indexIn(
      members.map(({ jwk }) => jwk),
      this.#options.kid,
    );
  }

  get keys(): readonly KeyStatus[] {
    return [...this.#views].flatMap(([owner, { key }]) => {
      if (!key) return [];
      const { generation, epoch, state } = key;
      const usable = this.#options.store.get({ owner, generation: key.key?.generation ?? generation });
      return [{ owner, generation, epoch, state, held: usable?.share !== undefined }];
    });
  }

  seen(owner: string, view: KeyView): void {
    const before = this.#views.get(owner)?.key;
    this.#views.set(owner, view);
    const { key } = view;
    if (!key || (before?.generation === key.generation && before.state === key.state)) return;
    const { generation, epoch, state, failure } = key;
    this.#options.logger.info({ key: owner, generation, epoch, state, failure }, 'a key');
  }

  followed(name: KeyName, before: NodeState, { board, role }: NodeState): void {
    if (before.board.round === board.round) return;
    const { logger } = this.#options;
    logger.info({ key: name.owner, generation: name.generation, ...role, round: board.round }, 'a round');
    if (before.board.round !== 'verdict') return;
    for (const ruling of rulingsOf(board)) logger.warn({ ...name, ...ruling }, 'a node has cheated');
  }

  lost(name: KeyName, { code, field }: Fault): void {
    this.#options.logger.error({ ...name, code, field }, 'this node has no part in the generation any more');
  }

  submitted(owner: string, { code, outcomes }: Submitted): void {
    for (const outcome of outcomes) {
      const result = outcome.accepted ? code : outcome.code;
      this.#options.commands.inc({ result });
      this.#options.logger.info({ key: owner, result }, 'submitted');
    }
  }
}
