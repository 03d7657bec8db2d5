/** What must hold when everything has come to rest, whatever happened on the way. */
import { expect } from 'chai';
import { prepareCommand, type Outcome, type Receipt } from '../../chaincode/domain/batch.js';
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { CommandRecord, EntriesRecord, TicketRecord } from '../../chaincode/domain/records.js';
import type { SimulatedNetwork } from './network.js';
import { SimulatedPeer } from './peer.js';
import { EVENT, GENESIS, type Play } from './scene.js';

export interface Answered {
  readonly play: Play;
  readonly receipts: readonly Receipt[];
  /** Code of the refusal that was the last word, where nothing was left unanswered: a definitive no. */
  readonly refusal?: string;
}

export function checkInvariants({ peers, chain }: SimulatedNetwork, answered: readonly Answered[]): void {
  peersEqualAReplay(peers, chain);
  const [peer] = peers;
  const accepted = acceptedOutcomes(peer!);
  noSeatSoldTwice(accepted);
  entriesSumToZero(peer!);
  for (const each of answered) {
    expect(new Set(each.receipts.map((receipt) => JSON.stringify(receipt))).size, 'different receipts').to.be.at.most(
      1,
    );
    for (const receipt of each.receipts) for (const at of peers) acknowledgedSaleIsThere(at, each.play, receipt);
    if (each.refusal !== undefined) refusedForAReason(peer!, each.play, each.refusal);
  }
}

function peersEqualAReplay(peers: readonly SimulatedPeer[], chain: SimulatedNetwork['chain']): void {
  const replay = new SimulatedPeer('replay', GENESIS);
  for (const block of chain) replay.commit(block);
  for (const peer of peers) expect(peer.state(), peer.mspId).to.deep.equal(replay.state());
}

type Accepted = Extract<Outcome, { accepted: true }>;

/** Of valid transactions, what was accepted anew. */
function acceptedOutcomes({ commits, envelopes }: SimulatedPeer): readonly Accepted[] {
  const valid = [...commits].filter(([, { code }]) => code === 'VALID');
  const outcomes = valid.flatMap(([tx]) => envelopes.get(tx)?.outcomes ?? []);
  return outcomes.filter((outcome): outcome is Accepted => outcome.accepted && outcome.replayed !== true);
}

function noSeatSoldTwice(accepted: readonly Accepted[]): void {
  // A returned seat is sold again as another issue.
  const sold = accepted.flatMap(({ receipt }) => {
    const { seats = [], issues = [] } = receipt as { seats?: string[]; issues?: number[] };
    return seats.map((seat, index) => `${seat}#${String(issues[index])}`);
  });
  expect(new Set(sold).size, 'a seat sold twice').to.equal(sold.length);
}

function entriesSumToZero(peer: SimulatedPeer): void {
  const keys = Object.keys(peer.state()).filter((key) => key.startsWith(`${EVENT}/m/`));
  const lines = keys.flatMap((key) => peer.read(key) as EntriesRecord);
  const amounts = lines.flatMap(([, ...entries]) => entries.map(([, amountMinor]) => amountMinor));
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).to.equal(0);
}

function acknowledgedSaleIsThere(peer: SimulatedPeer, { command, seats, buyer }: Play, receipt: Receipt): void {
  expect(peer.commits.get(receipt.tx)?.code, `${command.kind} ${receipt.tx}`).to.equal('VALID');
  for (const [index, seat] of seats.entries()) {
    const { issue, change, holder } = peer.read(ticketKey(EVENT, seat)) as TicketRecord;
    const sold = (receipt.issues as number[])[index]!;
    expect(issue).to.be.at.least(sold);
    // Nobody has passed it on or given it back since.
    if (issue === sold && change === 0) expect(holder).to.equal(buyer);
  }
  expect((peer.read(memoryOf(command)) as CommandRecord).tx).to.equal(receipt.tx);
}

/** The last word was no, so it must not come on the ledger later; and a seat that was said to be sold is. */
function refusedForAReason(peer: SimulatedPeer, { command, seats }: Play, code: string): void {
  expect(peer.read(memoryOf(command)), `accepted after ${code}`).to.equal(undefined);
  const tickets = seats.map((seat) => peer.read(ticketKey(EVENT, seat)));
  if (code === 'SEAT_ALREADY_SOLD') expect(tickets.some(Boolean), 'refused for nothing').to.equal(true);
}

/** Unsigned commands of the scene are all the organizer's. */
function memoryOf(command: Play['command']): string {
  return prepareCommand(command, 'OrganizerMSP').memory;
}
