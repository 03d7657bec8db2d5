/** One sale at light load: a REST sale and a raw write, in turns and one at a time, so that both meet the orderers' timer alike. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchNetwork } from './bench-network.js';
import { checkLedger } from './ledger-check.js';
import { latencyFigures } from './raw.js';
import { RawLoad } from './raw-load.js';
import { openDrop, runDrop, SEATS_PER_ORDER, signOrders } from './seat-drop-load.js';
import { quantile } from './statistics.js';
import { judge } from './targets.js';

const EVENT = 'OrganizerMSP:one-sale';
const WARM_UP = 100;
const SALES = 100;
/** Neither may fall into step with the orderers. */
const PAUSE_MS = 300;

export async function measureOneSale(network: BenchNetwork): Promise<object> {
  const profile = network.profileOf('reseller');
  const shop = network.shopOf('reseller');
  const seats = (WARM_UP + SALES) * SEATS_PER_ORDER;
  const places = await openDrop(network.clientOf('organizer'), EVENT, seats);
  const orders = signOrders(profile.channel, EVENT, places.slice(0, seats));
  const raw = new RawLoad(profile);
  const latencies = { sale: [] as number[], raw: [] as number[] };
  try {
    await raw.run(WARM_UP, WARM_UP);
    await runDrop(shop, orders.slice(0, WARM_UP), WARM_UP / 2);
    for (const order of orders.slice(WARM_UP)) {
      await sleep(Math.random() * PAUSE_MS);
      latencies.raw.push(...(await raw.run(1, 1)).latenciesMs);
      await sleep(Math.random() * PAUSE_MS);
      latencies.sale.push(...(await runDrop(shop, [order], 1)).latenciesMs);
    }
  } finally {
    await raw.close();
  }
  const { sold, oversold, unsigned } = await checkLedger(profile, EVENT, orders);
  const ratio = Number((quantile(latencies.sale, 0.5) / quantile(latencies.raw, 0.5)).toFixed(2));
  return {
    saleLatencyMs: latencyFigures(latencies.sale),
    rawLatencyMs: latencyFigures(latencies.raw),
    ratio,
    ...{ sold, oversold, unsigned },
    targets: judge('one-sale', { timesRawLatency: ratio }),
  };
}
