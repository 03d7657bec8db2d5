/** Persons at an event of a running network, enrolled by the nodes' keys in a test's hands: for suites that are not about how that comes to be. */
import type { EntriesRecord } from '../../chaincode/domain/records.js';
import { ESCROWED_DEPOSITS } from '../../chaincode/domain/money.js';
import { anEnrolment } from './committee.js';
import { holderAt } from './credentials.js';
import { takeCommittee } from './live-committee.js';
import { keyMade } from './live-people.js';
import { EVERYBODY, type RealNetwork } from './real-network.js';
import type { Trader } from './sealed-orders.js';

/** As soon as the event's key is made. */
export async function enrolled<const N extends readonly string[]>(
  network: RealNetwork,
  event: string,
  ...names: N
): Promise<Readonly<Record<N[number], Trader>>> {
  await keyMade(network, event);
  const people = names.map((name) => [name, holderAt(event, name) as Trader] as const);
  const committee = await takeCommittee(network);
  try {
    const enrolments = people.map(([, person]) => anEnrolment(committee, event, person));
    await network.venue.ledger.accept(enrolments, EVERYBODY);
  } finally {
    committee.release();
  }
  return Object.fromEntries(people) as Record<N[number], Trader>;
}

/** What is in escrow for deposits, by all entries of the event; each of which sums to nothing. */
export async function escrowedMinor({ venue }: RealNetwork, event: string): Promise<number> {
  const { records } = await venue.ledger.records.list<EntriesRecord>(`${event}/m/`);
  const lines = records.flatMap(({ record }) => record.map(([, ...entries]) => entries));
  for (const entries of lines) {
    const sum = entries.reduce((total, [, minor]) => total + minor, 0);
    if (sum !== 0) throw new Error(`entries of ${event} sum to ${sum}: ${JSON.stringify(entries)}`);
  }
  return lines.flat().reduce((sum, [account, minor]) => sum + (account === ESCROWED_DEPOSITS ? minor : 0), 0);
}
