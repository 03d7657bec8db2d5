/** One run: two gateways, impatient clients who repeat their commands, and trouble until it stops; then everybody must get his answer. */
import { Refusal } from '../../chaincode/domain/refusal.js';
import type { Receipt } from '../../chaincode/domain/batch.js';
import { sleep } from '../../gateway/fabric/clock.js';
import { GatewayError } from '../../gateway/errors.js';
import { NOW } from '../support/statements.js';
import { SimulatedGateway } from './gateway.js';
import type { Answered } from './invariants.js';
import { NO_FAULTS, SimulatedNetwork, type Faults } from './network.js';
import { seededRandom, type SeededRandom } from './random.js';
import { DISTURBANCES, GENESIS, ORGANIZATIONS, SALE_POOL, type Play } from './scene.js';
import { VirtualClock } from './virtual-clock.js';

const SALES = 60;
const OPENING_MS = 4_000;
const TROUBLE_MS = 25_000;
const LIMIT_MS = 3_600_000;
const MAX_ATTEMPTS = 60;

export interface Run {
  readonly network: SimulatedNetwork;
  readonly gateways: readonly SimulatedGateway[];
  readonly answered: readonly Answered[];
}

export async function run(seed: number): Promise<Run> {
  const random = seededRandom(seed);
  const clock = new VirtualClock(Date.parse(NOW));
  const network = new SimulatedNetwork({
    clock,
    random,
    genesis: GENESIS,
    organizations: ORGANIZATIONS,
    faults: drawFaults(random),
  });
  const gateways = ['OrganizerMSP', 'ResellerMSP'].map((mspId) => new SimulatedGateway(network, mspId));
  makeTrouble(network, gateways);
  const disturbances = random.shuffle(DISTURBANCES).slice(0, random.below(DISTURBANCES.length + 1));
  const plays = [...random.shuffle(SALE_POOL).slice(0, SALES), ...disturbances.map((make) => make())];
  const answered: Answered[] = [];
  for (const each of plays) void play(each, network, gateways).then((answer) => answered.push(answer));
  await clock.until(() => answered.length === plays.length, LIMIT_MS);
  let closed = false;
  void Promise.all(gateways.map((gateway) => gateway.close())).then(() => (closed = true));
  await clock.until(() => closed && network.isAtRest, LIMIT_MS);
  return { network, gateways, answered };
}

function drawFaults(random: SeededRandom): Faults {
  const upTo = (most: number) => (random.chance(0.5) ? random() * most : 0);
  return {
    endorse: upTo(0.1),
    submitLost: upTo(0.15),
    acknowledgementLost: upTo(0.2),
    lostAfterSubmit: upTo(0.15),
    heldBack: upTo(0.15),
    repeated: upTo(0.2),
    lookUp: upTo(0.2),
    maxLagMs: 20 + upTo(600),
  };
}

/** Peers fail and recover, gateways crash and are started again; all of it ends. */
function makeTrouble({ clock, random, peers }: SimulatedNetwork, gateways: readonly SimulatedGateway[]): void {
  for (const peer of peers) {
    if (!random.chance(0.4)) continue;
    const at = random() * TROUBLE_MS;
    clock.after(at, () => peer.fail());
    clock.after(at + random() * 6_000, () => peer.recover());
  }
  for (const gateway of gateways) if (random.chance(0.5)) clock.after(random() * 10_000, () => gateway.crash());
}

/** A client submits until it is answered; some ask both gateways at once, and some again after they have been answered. */
async function play(each: Play, network: SimulatedNetwork, gateways: readonly SimulatedGateway[]): Promise<Answered> {
  const { clock, random } = network;
  const start = clock.now();
  await sleep(clock, random() * OPENING_MS);
  const receipts: Receipt[] = [];
  const attempt = async (gateway: SimulatedGateway): Promise<string | undefined> => {
    for (let count = 0; count < MAX_ATTEMPTS; count++) {
      if (clock.now() - start > TROUBLE_MS) network.faults = NO_FAULTS;
      try {
        receipts.push((await gateway.submit(each.command)).receipt);
        return undefined;
      } catch (error) {
        if (error instanceof Refusal) return error.code;
        if (!(error instanceof GatewayError) && (error as Error).message !== 'CRASHED') throw error;
        await sleep(clock, 500 + random() * 2_000);
      }
    }
    throw new Error(`${each.command.kind} was never answered`);
  };
  const through = each.through === undefined ? undefined : gateways[ORGANIZATIONS.indexOf(each.through)];
  const first = through ?? random.pick(gateways);
  // An unsigned command is remembered per organization, so only signed ones may go through either.
  const both = each.seats.length > 0 && random.chance(0.2) ? gateways : [first];
  const refusals = (await Promise.all(both.map(attempt))).filter((code) => code !== undefined);
  if (receipts.length > 0 && random.chance(0.2)) await attempt(first);
  return { play: each, receipts, ...(refusals[0] !== undefined && receipts.length === 0 && { refusal: refusals[0] }) };
}
