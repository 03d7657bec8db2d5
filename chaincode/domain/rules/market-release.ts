/** What is left of a deposit when its market is over: back to the person's balance, from which a reseller pays it out. Of a cancelled event too. */
import { z } from 'zod';
import { findEvent } from '../authority.js';
import { thumbprint } from '../ids.js';
import { eventKey, holderKey } from '../keys.js';
import { depositOf, releaseDeposit } from '../market/escrow.js';
import { depositKey, marketKey } from '../market/keys.js';
import { requireMarket } from '../market/standing.js';
import { ofMarket, prepareStep } from '../market/step.js';
import { require } from '../refusal.js';
import type { Prepare } from '../rule.js';

const releasing = z.strictObject({ kind: z.literal('market.release'), ...ofMarket, credential: thumbprint });

export const prepareRelease: Prepare = (raw, callerMsp) =>
  prepareStep(
    releasing,
    raw,
    callerMsp,
    ({ credential }) => [credential],
    ({ event, market, credential }) => ({
      reads: [eventKey(event), marketKey(event, market)],
      writes: [depositKey(event, market, credential), holderKey(event, credential)],
      decide(state) {
        findEvent(state, event);
        requireMarket(state, event, market, 'over');
        const depositor = { event, market, credential };
        const releasedMinor = depositOf(state, depositor)?.heldMinor ?? 0;
        require(releasedMinor > 0, 'NOTHING_DUE', { field: 'credential', credential });
        return { result: { releasedMinor }, entries: releaseDeposit(state, depositor) };
      },
    }),
  );
