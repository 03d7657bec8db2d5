import { expect } from 'chai';
import { rulingsOf } from '../../chaincode/crypto/generation/board.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { encodePoint } from '../../chaincode/crypto/point.js';
import { complaintOf } from '../../committee/protocol/messages.js';
import { withLetter } from '../support/curve.js';
import { seededRandom, type SeededRandom } from './random.js';
import { aGeneration, Committee, honest, silentFrom, type Conduct } from '../unit/committee/protocol/a-committee.js';

const publicKey = (secret: bigint) => encodePoint(nodeSuite.multiplyBase(secret)!);
const KINDS = ['receive', 'commit', 'deal', 'verdict', 'ready'] as const;

/** Deals noise to somebody. */
const cheating =
  (random: SeededRandom): Conduct =>
  (message) => {
    if (message.kind !== 'deal') return message;
    const victim = random.below(message.shares.length);
    const shares = message.shares.map((share, at) =>
      at === victim ? { ...share, ciphertext: withLetter(share.ciphertext, 0) } : share,
    );
    return { ...message, shares };
  };

const slandering: Conduct = (message, { board, dealing, role }) => {
  if (message.kind !== 'verdict') return message;
  const others = Object.values(board.dealings).filter(({ dealer }) => dealer !== role.dealer);
  const complained = new Set(message.complaints.map(({ dealer }) => dealer));
  const victim = others.find(({ dealer }) => !complained.has(dealer));
  if (!victim) return message;
  const complaint = complaintOf(board.generation, dealing!, role.recipient!, victim);
  return { ...message, complaints: [...message.complaints, complaint] };
};

type Misconduct = 'silent' | 'cheating' | 'slandering';

/** What may go wrong is what a committee has to survive: at most n - t nodes, and at most t - 1. */
function simulate(seed: number): void {
  const random = seededRandom(seed);
  const nodes = 3 + random.below(5);
  const least = Math.floor(nodes / 2) + 1;
  const t = least + random.below(nodes - least);
  const faulty = random.shuffle(Array.from({ length: nodes }, (_, at) => at + 1)).slice(0, Math.min(nodes - t, t - 1));
  const faults = new Map(faulty.map((node) => [node, random.pick<Misconduct>(['silent', 'cheating', 'slandering'])]));
  const conductOf = (fault: Misconduct | undefined): Conduct => {
    if (fault === 'silent') return silentFrom(...KINDS.slice(random.below(KINDS.length)));
    if (fault === 'cheating') return cheating(random);
    return fault === 'slandering' ? slandering : honest;
  };
  const conducts = Object.fromEntries([...faults].map(([node, fault]) => [node, conductOf(fault)]));
  const draw = (below: number) => random.below(below);
  const committee = Committee.of(aGeneration(nodes, t), conducts, { draw, seed: String(seed) }).run();

  expect(committee.board.round).to.equal('usable');
  const { groupKey, publicShares, qualified } = committee.board.outcome!;
  const sane = Array.from({ length: nodes }, (_, at) => at + 1).filter((node) => !faults.has(node));
  expect(qualified).to.include.members(sane);
  for (const node of sane) expect(publicKey(committee.shareOf(node)!)).to.equal(publicShares[node]);
  expect(publicKey(committee.secretFrom(random.shuffle(sane).slice(0, t)))).to.equal(groupKey);
  // Nobody is named but who did it; a victim may be a silent one, who does not complain.
  for (const { guilty, index } of rulingsOf(committee.board))
    expect(faults.get(index), `${guilty} ${index}`).to.equal(guilty === 'dealer' ? 'cheating' : 'slandering');
}

describe('key generation with everything that may go wrong', () => {
  for (let seed = 1; seed <= 8; seed++) {
    it(`comes to a key that the others share, seed ${seed}`, () => simulate(seed));
  }
});
