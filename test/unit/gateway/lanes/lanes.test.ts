/** Leases of lanes, and gateways that go by them, over PGlite: two in one process may share it. */
import type { Store } from '../../../../gateway/store/open-store.js';
import { laneCases } from '../../../support/lane-cases.js';
import { sharedLanesCases } from '../../../support/shared-lanes-cases.js';
import { lendStore } from '../../../support/lent-databases.js';

describe('gateways that share a store', () => {
  let store: Store;
  before(async () => {
    store = await lendStore();
  });
  after(() => store.destroy());

  describe('leases of lanes', () => laneCases(() => store));
  describe('two gateways', () => sharedLanesCases(() => store));
});
