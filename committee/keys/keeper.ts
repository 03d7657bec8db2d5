/**
 * Keeps this node's keys: asks for those that should be, takes part in their generation, destroys its shares when their time is over. It holds no position of
 * its own: each look begins with what is stored and what the ledger shows, so a restart at any message goes on where it was.
 */
import { Fault } from '../../chaincode/crypto/fault.js';
import { DEDUP } from '../../chaincode/domain/committee-keys.js';
import type { Posted } from '../../chaincode/domain/key-generation/board.js';
import { timestampAt, type Clock } from '../clock.js';
import type { Command, Submitted, Submitter } from '../ledger/submitter.js';
import type { NodeState } from '../protocol/index.js';
import type { KeyName, ShareStore } from '../storage/share-store.js';
import type { SigningKey } from '../storage/signing-key.js';
import { indexIn, joinGeneration } from './beginning.js';
import { commandFor, generateCommand } from './commands.js';
import type { KeyLedger, KeyView } from './key-ledger.js';
import { isFinished, isOutOfUse, isUnderWay, outgoingOf, partAfter, type Look } from './part.js';
import type { KeyReport } from './report.js';
import { dedupIsWanted, keyIsWanted, patienceMs, shareIsWanted } from './wanted.js';

export interface KeeperOptions {
  readonly channel: string;
  readonly ledger: KeyLedger;
  readonly submitter: Submitter;
  readonly store: ShareStore;
  readonly signer: Pick<SigningKey, 'sign' | 'kid'>;
  readonly clock: Clock;
  readonly report: KeyReport;
}

/** Look again at once, for something was not taken; look again soon, for more is to come; or nothing until something happens. */
export type Tended = 'again' | 'open' | 'settled';

/** What several looks come to. */
export const soonest = (tended: readonly Tended[]): Tended =>
  (['again', 'open'] as const).find((each) => tended.includes(each)) ?? 'settled';

export class KeyKeeper {
  readonly #options: KeeperOptions;
  /** When this node first saw that a key is wanted, by owner and generation. */
  readonly #wantedSince = new Map<string, number>();
  /** Generations in which somebody posted in this node's name; it has no part in them any more. */
  readonly #lost = new Set<string>();

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** @throws {NodeError} LEDGER_UNAVAILABLE, LEDGER_DISAGREES */
  async tend(owner: string): Promise<Tended> {
    const { ledger, store, report } = this.#options;
    const view = await ledger.view(owner);
    report.seen(owner, view);
    const tended = [await this.#ask(owner, view)];
    const stored = store.names.filter((name) => name.owner === owner).map(({ generation }) => generation);
    const generations = new Set([...stored, ...(view.key ? [view.key.generation] : [])]);
    for (const generation of generations) tended.push(await this.#take({ owner, generation }, view));
    return soonest(tended);
  }

  /** The keys for which there may be something to do, out of all. */
  async due(): Promise<readonly string[]> {
    const { ledger, store, report } = this.#options;
    const held = new Set(store.names.map(({ owner }) => owner));
    const owners = await ledger.owners();
    for (const [owner, view] of owners) if (view.key) report.seen(owner, view);
    const due = owners.filter(([owner, view]) => this.#isWanted(owner, view) || view.key?.state === 'generating');
    // Also of a market that is over, while the event has another.
    return [...new Set([DEDUP, ...due.map(([owner]) => owner), ...held])];
  }

  #isWanted(owner: string, view: KeyView): boolean {
    if (owner === DEDUP) return dedupIsWanted(view.committee, view.key);
    const wanting = { owner, view, now: timestampAt(this.#options.clock.now()) };
    return keyIsWanted(wanting) || shareIsWanted(this.#indexIn(view), wanting);
  }

  /** Among the nodes that get shares in the next generation: all but the dedup key stay with their committee. */
  #indexIn({ committee, key, event }: KeyView): number | undefined {
    const appointed = committee?.members.map(({ jwk }) => jwk) ?? [];
    return indexIn((event && key?.key?.nodes) ?? appointed, this.#options.signer.kid);
  }

  /** Asks for a key that is wanted, unless a node before this one does. */
  async #ask(owner: string, view: KeyView): Promise<Tended> {
    const { clock } = this.#options;
    const { key } = view;
    const index = this.#indexIn(view);
    const next = (key?.generation ?? 0) + 1;
    const id = idOf({ owner, generation: next });
    if (!this.#isWanted(owner, view) || index === undefined) {
      this.#wantedSince.delete(id);
      return 'settled';
    }
    const now = clock.now();
    const since = this.#wantedSince.get(id) ?? now;
    this.#wantedSince.set(id, since);
    if (now - since < patienceMs(index, key)) return 'open';
    return this.#submit(owner, [generateCommand(owner, next)]);
  }

  /** One look at one generation. What is new is on disk before anything that comes of it is posted. */
  async #take(name: KeyName, view: KeyView): Promise<Tended> {
    const { ledger, store, clock, report } = this.#options;
    const look: Look = { name, view, nowMs: clock.now() };
    if (!this.#takesPart(look)) return 'settled';
    const posted = await ledger.posted(name);
    const state = posted && (store.get(name) ?? (await this.#join(look, posted)));
    const next = posted && state && this.#after(state, posted, look);
    if (!posted || !state || !next) return 'settled';
    if (next !== state) await store.put(name, next);
    report.followed(name, state, next);
    return this.#send(next, look, posted);
  }

  #takesPart(look: Look): boolean {
    if (this.#lost.has(idOf(look.name))) return false;
    return this.#options.store.get(look.name) !== undefined || (isUnderWay(look) && !isOutOfUse(look));
  }

  /** Posts what is due. A share that nothing will need again goes. */
  async #send(next: NodeState, look: Look, posted: Posted): Promise<Tended> {
    const { store, clock } = this.#options;
    const { name } = look;
    const outgoing = outgoingOf(next, look);
    if (outgoing.length === 0 && isFinished(next, look)) await store.remove(name);
    if (outgoing.length === 0) return isUnderWay(look) ? 'open' : 'settled';
    const context = { ...this.#options, now: () => clock.now() };
    return this.#submit(
      name.owner,
      outgoing.map((each) => commandFor(name, each, posted, context)),
    );
  }

  async #join({ name, view: { key } }: Look, { record }: Posted): Promise<NodeState | undefined> {
    const { store, signer } = this.#options;
    const before = key?.key && store.get({ owner: name.owner, generation: key.key.generation });
    const state = joinGeneration(record, signer.kid, before?.share);
    if (state) await store.put(name, state);
    return state;
  }

  /** @returns undefined once this node's part is lost */
  #after(state: NodeState, posted: Posted, look: Look): NodeState | undefined {
    try {
      return partAfter(state, posted, look);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#lost.add(idOf(look.name));
      this.#options.report.lost(look.name, error);
      return undefined;
    }
  }

  async #submit(owner: string, commands: readonly Command[]): Promise<Tended> {
    const { submitter, report } = this.#options;
    const submitted = await submitter.submit(commands);
    report.submitted(owner, submitted);
    return wasTaken(submitted) ? 'open' : 'again';
  }
}

const wasTaken = ({ code, outcomes }: Submitted): boolean =>
  code === 'VALID' && outcomes.every(({ accepted }) => accepted);

const idOf = ({ owner, generation }: KeyName): string => `${owner} ${generation}`;
