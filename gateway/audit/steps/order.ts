/** A sealed order: in a free place of who submitted it, below its quota, before the close. */
import { orderKey } from '../../../chaincode/domain/market/keys.js';
import { requireSealedForm } from '../../../chaincode/domain/market/open-order.js';
import { agree } from '../difference.js';
import { keyOf, marketIn, type Recompute } from './step.js';

interface OrderCommand {
  readonly id: string;
  readonly slot: number;
  readonly sealed: string;
}

export const order: Recompute<OrderCommand> = (stepping, { id, slot, sealed }) => {
  const { state, event, market, context } = stepping;
  const { quotas, supply, closesAt } = marketIn(stepping, 'open');
  keyOf(stepping);
  const { mspId } = context.caller;
  const key = orderKey(event, market, mspId, slot);
  agree(slot < (quotas[mspId] ?? 0), key, `a slot below ${quotas[mspId] ?? 0}`, slot);
  agree(state.get(key) === undefined, key, 'a free slot', 'a taken one');
  agree(context.now < closesAt, key, `before ${closesAt}`, context.now);
  requireSealedForm(sealed, supply, 'sealed');
  state.put(key, { id, sealed });
  return [];
};
