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
/** Whoever has been told so often in quiet times that the outcome is unknown leaves it at that. */
const MAX_UNKNOWN = 3;

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
  let playing = plays.length;
  const perform = async (each: Play): Promise<void> => {
    const answer = await play(each, network, gateways);
    answered.push(answer);
    if (each.then && answer.receipts.length > 0) await perform(each.then);
  };
  for (const each of plays) void perform(each).then(() => playing--);
  await clock.until(() => playing === 0, LIMIT_MS);
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

/** Peers fail and recover, orderers stall, gateways crash and are started again; all of it ends. */
function makeTrouble(network: SimulatedNetwork, gateways: readonly SimulatedGateway[]): void {
  const { clock, random, peers } = network;
  if (random.chance(0.5)) clock.after(random() * 12_000, () => network.stall(random() * 20_000));
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
  if (each.seats.length > 0 || each.afterMs !== undefined)
    await sleep(clock, random() * OPENING_MS + (each.afterMs ?? 0));
  const through = each.through === undefined ? undefined : gateways[ORGANIZATIONS.indexOf(each.through)];
  const first = through ?? random.pick(gateways);
  // An unsigned command is remembered per organization, so only signed ones may go through either.
  const both = each.seats.length > 0 && random.chance(0.2) ? gateways : [first];
  const start = clock.now();
  const attempts = await Promise.all(both.map((gateway) => insist(each, network, gateway, start)));
  const receipts = attempts.flatMap(({ receipt }) => receipt ?? []);
  if (receipts.length > 0 && random.chance(0.2)) {
    const { receipt } = await insist(each, network, first, start);
    if (receipt) receipts.push(receipt);
  }
  const [refusal] = attempts.map((attempt) => attempt.refusal);
  const isDefinitive = attempts.every((attempt) => attempt.refusal !== undefined);
  return { play: each, receipts, ...(isDefinitive && refusal !== undefined && { refusal }) };
}

/** What one gateway came to say; nothing if nobody will ever know. */
interface Said {
  readonly receipt?: Receipt;
  readonly refusal?: string;
}

async function insist(each: Play, network: SimulatedNetwork, gateway: SimulatedGateway, start: number): Promise<Said> {
  const { clock, random } = network;
  let unknown = 0;
  let crashed = false;
  for (let count = 0; count < MAX_ATTEMPTS; count++) {
    const quiet = clock.now() - start > TROUBLE_MS;
    if (quiet) network.faults = NO_FAULTS;
    try {
      return { receipt: (await gateway.submit(each.command)).receipt };
    } catch (error) {
      // A gateway that was started again knows nothing of what it had sent before: then a refusal is not the last word.
      if (error instanceof Refusal) return crashed ? {} : { refusal: error.code };
      crashed ||= (error as Error).message === 'CRASHED';
      if (!(error instanceof GatewayError) && !crashed) throw error;
      if (quiet && error instanceof GatewayError && error.code === 'OUTCOME_UNKNOWN' && ++unknown >= MAX_UNKNOWN)
        return {};
      await sleep(clock, 500 + random() * 2_000);
    }
  }
  throw new Error(`${each.command.kind} was never answered`);
}
