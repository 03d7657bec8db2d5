/**
 * The attack: a saboteur passes a ticket to and fro between two keys of his at another organization's gateway, which writes both keys' records, and
 * orders with them here all the while; a client floods; and one command is of a kind that endorsers can't agree about. In the midst of it innocents buy.
 */
import { Refusal } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../../gateway/errors.js';
import { sleep } from '../../gateway/fabric/clock.js';
import type { QuarantineFigures } from '../../gateway/fabric/quarantine.js';
import { aSale, aTransfer, anAllotment, anEvent, held, newKey, NOW, type TestSale } from '../support/statements.js';
import { TestLedger } from '../support/test-ledger.js';
import { SimulatedGateway } from './gateway.js';
import { NO_FAULTS, SimulatedNetwork } from './network.js';
import { seededRandom } from './random.js';
import { ORGANIZATIONS } from './scene.js';
import { VirtualClock } from './virtual-clock.js';

const INNOCENTS = 50;
const ATTACK_MS = 8_000;
const LIMIT_MS = 600_000;

const event = anEvent();
const floor = anAllotment(event);
const [one, other] = [newKey('saboteur one'), newKey('saboteur two')];
const prize = aSale(floor, { seats: ['floor:C:1'], buyer: one });
const ledger = TestLedger.founded();
ledger.accept([event.command, floor.command]);
ledger.accept([prize.command], { caller: 'ResellerMSP' });
const genesis = { records: ledger.records(), policyOf: (key: string) => ledger.policyOf(key) };

const sale = (row: string, number: number, buyer = newKey()): TestSale =>
  aSale(floor, { seats: [`floor:${row}:${number}`], buyer });
/** Signed once for all seeds. */
const INNOCENT = Array.from({ length: INNOCENTS }, (_, index) => sale('A', index + 1));
const FLOOD = Array.from({ length: 100 }, (_, index) => sale('B', 1 + (index % 50)));
const SPOILING = Array.from({ length: 40 }, (_, index) => sale('C', 2 + index, index % 2 === 0 ? one : other));
const POISON = sale('C', 50);
const PASSING = Array.from({ length: 60 }, (_, change) => {
  const [from, to] = change % 2 === 0 ? [one, other] : [other, one];
  return aTransfer({ ...held(prize), holder: from, change }, to);
});

export interface Attack {
  /** What innocents, the flood and the poison were told: `committed` or a code. */
  readonly innocent: readonly string[];
  readonly flood: readonly string[];
  readonly poison: string;
  /** The longest that an innocent waited. */
  readonly slowestMs: number;
  readonly quarantined: QuarantineFigures;
  readonly conflicts: number;
  /** What a human was asked to look at. */
  readonly alarms: readonly string[];
}

export async function attack(seed: number): Promise<Attack> {
  const random = seededRandom(seed);
  const clock = new VirtualClock(Date.parse(NOW));
  const faults = { ...NO_FAULTS, maxLagMs: 20 + random.below(100) };
  const network = new SimulatedNetwork({ clock, random, genesis, organizations: ORGANIZATIONS, faults });
  network.poison = String(POISON.command.request);
  const [elsewhere, here] = ['OrganizerMSP', 'ResellerMSP'].map((mspId) => new SimulatedGateway(network, mspId));
  let slowestMs = 0;
  const order = async ({ command }: Pick<TestSale, 'command'>, client: string, atMs: number): Promise<string> => {
    await sleep(clock, atMs);
    const start = clock.now();
    const answer = await answerOf(here!.submit(command, { client }));
    if (client === 'key:innocent') slowestMs = Math.max(slowestMs, clock.now() - start);
    return answer;
  };
  const passing = pass(elsewhere!);
  const at = () => random() * ATTACK_MS;
  const spoiling = SPOILING.map((each) => order(each, 'key:saboteur', at()));
  const floodAt = at() / 2;
  const told = Promise.all([
    Promise.all(INNOCENT.map((each) => order(each, 'key:innocent', at()))),
    Promise.all(FLOOD.map((each) => order(each, 'key:flood', floodAt))),
    order(POISON, 'key:poison', at()),
  ]);
  let over: Awaited<typeof told> | undefined;
  let quarantined = here!.figures.quarantined;
  void Promise.all([told, passing, ...spoiling]).then(([answers]) => {
    over = answers;
    ({ quarantined } = here!.figures);
  });
  await clock.until(() => over !== undefined, LIMIT_MS);
  const [innocent, flood, poison] = over!;
  const codes = [...network.peerOf('ResellerMSP').commits.values()].map(({ code }) => code);
  const conflicts = codes.filter((code) => code === 'MVCC_READ_CONFLICT').length;
  let closed = false;
  void Promise.all([elsewhere!.close(), here!.close()]).then(() => (closed = true));
  await clock.until(() => closed, LIMIT_MS);
  return { innocent, flood, poison, slowestMs, quarantined, conflicts, alarms: here!.alarms };
}

/** One after the other, for each needs the one before. */
async function pass(gateway: SimulatedGateway): Promise<void> {
  for (const command of PASSING) await answerOf(gateway.submit(command));
}

async function answerOf(submitted: ReturnType<SimulatedGateway['submit']>): Promise<string> {
  try {
    await submitted;
    return 'committed';
  } catch (error) {
    if (error instanceof Refusal || error instanceof GatewayError) return error.code;
    throw error;
  }
}
