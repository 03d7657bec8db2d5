/** A certificate as it was before tickets could be resold: transfers only, and no time of acquisition. */
import type { Certificate, Hand } from '../../../../gateway/certificate/certificate.js';

export function asVersion1({ evidence, state, ...rest }: Certificate) {
  const { event, allotment, sale, hands } = evidence;
  const transfers = hands.map((hand) => {
    const { transfer, acceptance, tx, block, timestamp } = hand as Extract<Hand, { kind: 'transfer' }>;
    return { transfer, acceptance, tx, block, timestamp };
  });
  const before = Object.fromEntries(Object.entries(state).filter(([name]) => name !== 'acquiredAt'));
  return { ...rest, version: 1, state: before, evidence: { event, allotment, sale, transfers } };
}
