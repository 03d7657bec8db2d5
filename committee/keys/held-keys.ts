/** The usable keys of which this node has a share, ready for evaluation: points decoded once, not with every request. */
import { sharedKeyKey } from '../../chaincode/domain/committee-keys.js';
import { decodePoint } from '../../chaincode/crypto/point.js';
import { decodeSecret } from '../../chaincode/crypto/scalar.js';
import { decline } from '../errors.js';
import type { HeldKey, HeldKeys, Records } from '../node/services.js';
import type { NodeState } from '../protocol/index.js';
import type { ShareStore } from '../storage/share-store.js';

export class StoredKeys implements HeldKeys {
  readonly #records: Records;
  readonly #store: Pick<ShareStore, 'get'>;
  readonly #decoded = new WeakMap<NodeState, HeldKey>();

  constructor({ records, store }: { readonly records: Records; readonly store: Pick<ShareStore, 'get'> }) {
    this.#records = records;
    this.#store = store;
  }

  async of(owner: string): Promise<HeldKey> {
    const record = await this.#records.read(sharedKeyKey(owner));
    if (!record?.key) return decline('KEY_NOT_USABLE', { key: owner, state: record?.state ?? 'none' });
    const { generation } = record.key;
    const state = this.#store.get({ owner, generation });
    const held = state && (this.#decoded.get(state) ?? heldKeyOf(state));
    // Its time is over, or this node was silent when the key was made.
    if (!state || !held) return decline('NO_SHARE', { key: owner, generation });
    this.#decoded.set(state, held);
    return held;
  }
}

function heldKeyOf({ board: { generation, outcome }, role, share }: NodeState): HeldKey | undefined {
  const index = role.recipient;
  if (!outcome || share === undefined || index === undefined) return undefined;
  const publicShares = new Map(
    Object.entries(outcome.publicShares).map(([at, text]) => [Number(at), decodePoint(text, 'publicShare')]),
  );
  const publicShare = publicShares.get(index);
  if (!publicShare) return undefined;
  const secret = decodeSecret(share, 'share');
  return { generation, share: { index, secret, publicShare }, key: { threshold: outcome.threshold, publicShares } };
}
