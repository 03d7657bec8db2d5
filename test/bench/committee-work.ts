/**
 * What the committee calculates for one market, in CPU milliseconds of this process: once for the market, as it is built, and once for each order, as it is
 * not. Both with the nodes' own code on node:crypto, one after the other, on the same orders. Reading them from the ledger, parsing records, and sending, are
 * in neither; nor are the transactions in which answers for each order would have to be posted, nor the generation of the market's key, which here is the
 * market's alone.
 */
import { dealKey } from './per-order-decryption.js';
import { quantile } from './statistics.js';
import { decryptEach, decryptOnce, makeOrders, NODES, THRESHOLD, type Work } from './two-decryptions.js';

/** Beyond so many each further order costs what the last one did: measured for these, and scaled. */
const MOST_MEASURED = 1_000;
/** Orders under one proof, where nodes prove for many at once. */
const PER_PROOF = 256;
/** The market's own part is short, so it is measured so often, and the median taken. */
const REPEATS = 5;

const digits = (value: number) => Number(value.toFixed(value < 10 ? 2 : 1));
const told = ({ nodeMs, combinerMs, openerMs }: Work) => ({
  nodeMs: digits(nodeMs),
  combinerMs: digits(combinerMs),
  openerMs: digits(openerMs),
});
const ofCommittee = ({ nodeMs, combinerMs }: Work): number => NODES * nodeMs + combinerMs;

export function measureCommitteeWork(orders: number): object {
  const key = dealKey(NODES, THRESHOLD);
  const made = makeOrders(Math.min(orders, MOST_MEASURED), key);
  decryptEach(made.slice(0, 100), key, 1); // warms up
  decryptOnce(made.slice(0, 100), key);
  const scale = orders / made.length;
  const scaled = ({ nodeMs, combinerMs, openerMs }: Work): Work => ({
    nodeMs: nodeMs * scale,
    combinerMs: combinerMs * scale,
    openerMs: openerMs * scale,
  });
  const times = Array.from({ length: REPEATS }, () => decryptOnce(made, key, orders));
  const medianOf = (member: keyof Work) =>
    quantile(
      times.map((work) => work[member]),
      0.5,
    );
  const market = { nodeMs: medianOf('nodeMs'), combinerMs: medianOf('combinerMs'), openerMs: medianOf('openerMs') };
  const each = scaled(decryptEach(made, key, 1));
  const batched = scaled(decryptEach(made, key, PER_PROOF));
  const ratioTo = (work: Work) => ({
    node: digits(work.nodeMs / market.nodeMs),
    committee: digits(ofCommittee(work) / ofCommittee(market)),
    withOpening: digits((ofCommittee(work) + work.openerMs) / (ofCommittee(market) + market.openerMs)),
  });
  return {
    measuredOrders: made.length,
    market: told(market),
    perOrder: { ...told(each), timesTheMarket: ratioTo(each) },
    perOrderBatchedProofs: { ...told(batched), timesTheMarket: ratioTo(batched) },
  };
}
