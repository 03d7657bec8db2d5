/** A sealed order: bytes of one size in a place of the organization that takes it in. Nobody can say what it is before all are in. */
import { z } from 'zod';
import { sha256 } from '../../crypto/jwk.js';
import { requireCaller, requireEvent } from '../authority.js';
import { keyNameOf, sharedKeyKey } from '../committee-keys.js';
import { requireUsableKey } from '../credentials/node-statements.js';
import { eventKey, organizationKey } from '../keys.js';
import { marketKey, orderKey } from '../market/keys.js';
import { requireSealedForm } from '../market/open-order.js';
import { requireTaking } from '../market/standing.js';
import { ofMarket } from '../market/step.js';
import { require } from '../refusal.js';
import { id, prepareUnsigned, type Prepare } from '../rule.js';

const MAX_SLOT = 99_999;
const MAX_SEALED_CHARS = 16 * 1024;

const ordering = z.strictObject({
  kind: z.literal('market.order'),
  /** Its client's own id of it, to which it was sealed. */
  id,
  ...ofMarket,
  /** The organization's places are counted from 0. */
  slot: z.int().min(0).max(MAX_SLOT),
  sealed: z.string().max(MAX_SEALED_CHARS),
});

export const prepareOrder: Prepare = (raw, callerMsp) =>
  prepareUnsigned(ordering, raw, callerMsp, ({ id: client, event, market, slot, sealed }) => {
    const name = keyNameOf(event, market);
    const key = orderKey(event, market, callerMsp, slot);
    return {
      // Not the place: who does not know what became of an order sends it again, wherever there is room, and is told where it is.
      digest: sha256(JSON.stringify({ event, market, sealed })),
      reads: [eventKey(event), marketKey(event, market), sharedKeyKey(name), organizationKey(callerMsp)],
      writes: [key],
      decide(state, context) {
        requireCaller(state, context, callerMsp, 'box-office');
        requireEvent(state, event);
        const { supply, quotas } = requireTaking(state, event, market, context);
        requireUsableKey(state, name, 'market');
        // Floods are bounded, and everybody's place is known without looking for it.
        const quota = quotas[callerMsp] ?? 0;
        require(slot < quota, 'ORDER_QUOTA', { field: 'slot', quota });
        requireSealedForm(sealed, supply, 'sealed');
        require(!state.get(key), 'ORDER_SLOT_TAKEN', { field: 'slot', slot });
        state.put(key, { id: client, sealed });
        return { result: { slot } };
      },
    };
  });
