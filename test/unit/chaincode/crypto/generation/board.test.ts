import { expect } from 'chai';
import { post, type Board, type Round } from '../../../../../chaincode/crypto/generation/board.js';
import { dealingDigest } from '../../../../../chaincode/crypto/generation/dealing.js';
import { parseMessage, type Dealing, type Message } from '../../../../../chaincode/crypto/generation/messages.js';
import { advance, awaitedBy, isComplete } from '../../../../../chaincode/crypto/generation/rounds.js';
import { complaintOf } from '../../../../../committee/protocol/messages.js';
import { faultOf, pointNamed, withLetter } from '../../../../support/curve.js';
import { encodePoint } from '../../../../../chaincode/crypto/point.js';
import { aGeneration, Committee } from '../../../committee/protocol/a-committee.js';

type Change<K extends Message['kind']> = Partial<Extract<Message, { kind: K }>>;

const generation = aGeneration(3, 2);
const ROUNDS: readonly Round[] = ['announce', 'deal', 'verdict', 'ready'];

/** One generation, with the board before each message. */
const history: { board: Board; message: Message }[] = [];
const committee = Committee.of(generation);
const submit = committee.submit.bind(committee);
committee.submit = (message) => {
  history.push({ board: committee.board, message });
  submit(message);
};
committee.run();

const find = <K extends Message['kind']>(kind: K, index: number) =>
  history.find(
    ({ message }) => message.kind === kind && ('dealer' in message ? message.dealer : message.recipient) === index,
  ) as { board: Board; message: Extract<Message, { kind: K }> };

/** What becomes of a message with these members changed, at its own time. */
function codeOf<K extends Message['kind']>(kind: K, change: Change<K>, index = 2): string {
  const { board, message } = find(kind, index);
  return faultOf(() => post(board, { ...message, ...change }));
}

const OTHER = encodePoint(pointNamed('other'));
const NO_POINT = `B${OTHER.slice(1)}`;

describe('board', () => {
  it('takes each message at its time', () => {
    for (const kind of ['receive', 'commit', 'deal', 'verdict', 'ready'] as const)
      expect(codeOf(kind, {}), kind).to.equal('accepted');
  });

  it('takes no message twice, not even with other content', () => {
    for (const kind of ['receive', 'commit', 'deal', 'verdict', 'ready'] as const) {
      const { board, message } = find(kind, 1);
      const index = 'dealer' in message ? 'dealer' : 'recipient';
      const after = post(board, message);
      expect(
        faultOf(() => post(after, message)),
        kind,
      ).to.equal(`ALREADY_POSTED ${index}`);
    }
    const after = post(find('receive', 1).board, find('receive', 1).message);
    expect(faultOf(() => post(after, { ...find('receive', 1).message, key: OTHER }))).to.equal(
      'ALREADY_POSTED recipient',
    );
  });

  it('takes no message in another round', () => {
    for (const { message } of history) {
      for (const round of [...ROUNDS, 'failed'] as const) {
        const { board } = history.find((each) => each.board.round === round) ?? {
          board: { ...history[0]!.board, round },
        };
        const code = faultOf(() => post(board, message));
        if (find(message.kind, 1).board.round !== round) expect(code, message.kind).to.equal('WRONG_ROUND kind');
      }
    }
  });

  it('is JSON', () => {
    expect(JSON.parse(JSON.stringify(committee.board))).to.deep.equal(committee.board);
  });

  it('leaves the board before as it was', () => {
    const { board, message } = find('deal', 1);
    const before = JSON.stringify(board);
    post(board, message);
    expect(JSON.stringify(board)).to.equal(before);
  });
});

describe('receiving key', () => {
  it('is a point', () => {
    expect(codeOf('receive', { key: NO_POINT })).to.equal('POINT_INVALID key');
  });
  it('is of a node of the committee', () => {
    expect(codeOf('receive', { recipient: 4 })).to.equal('NOT_A_RECIPIENT recipient');
  });
});

describe('commitment to a dealing', () => {
  it('is of a node of the committee', () => {
    expect(codeOf('commit', { dealer: 4 })).to.equal('NOT_A_DEALER dealer');
  });

  it('is bound to everything about the generation', () => {
    const { message } = find('deal', 1);
    const others = [
      aGeneration(3, 2, { channel: 'other' }),
      aGeneration(3, 2, { keyId: 'other' }),
      aGeneration(3, 2, { epoch: 2 }),
      aGeneration(4, 2),
      aGeneration(3, 3),
      aGeneration(3, 2, { from: { threshold: 2, groupKey: OTHER, publicShares: {} } }),
    ];
    const digests = [generation, ...others].map((each) => dealingDigest(each, message));
    expect(new Set(digests).size).to.equal(digests.length);
    expect(dealingDigest(generation, { ...message, dealer: 2 })).not.to.equal(digests[0]);
  });
});

describe('dealing', () => {
  const { board, message: dealing } = find('deal', 2);
  const [first, second] = dealing.commitments as [string, string];

  /** With a digest that fits, so that what comes after it is reached. */
  const committed = (change: Partial<Dealing>): string => {
    const changed = { ...dealing, ...change };
    const digests = { ...board.digests, [changed.dealer]: dealingDigest(generation, changed) };
    return faultOf(() => post({ ...board, digests }, changed));
  };

  it('is the one that was committed to', () => {
    expect(codeOf('deal', { commitments: [OTHER, second] })).to.equal('DIGEST_MISMATCH commitments');
    expect(codeOf('deal', { commitments: [first, OTHER] })).to.equal('DIGEST_MISMATCH commitments');
    expect(codeOf('deal', { commitments: [second, first] })).to.equal('DIGEST_MISMATCH commitments');
    expect(codeOf('deal', { possession: withLetter(dealing.possession, 80) })).to.equal('DIGEST_MISMATCH commitments');
  });

  it('is of a dealer that committed', () => {
    expect(codeOf('deal', { dealer: 4 })).to.equal('NOT_A_DEALER dealer');
  });

  it('has as many commitments as the threshold', () => {
    expect(committed({ commitments: [first] })).to.equal('COMMITMENTS_WRONG commitments');
    expect(committed({ commitments: [first, second, OTHER] })).to.equal('COMMITMENTS_WRONG commitments');
  });

  it('has points for commitments', () => {
    expect(committed({ commitments: [first, NO_POINT] })).to.equal('POINT_INVALID commitments[1]');
  });

  it('knows the secret of its constant', () => {
    expect(committed({})).to.equal('accepted');
    expect(committed({ commitments: [OTHER, second] })).to.equal('POSSESSION_INVALID possession');
    expect(committed({ possession: find('deal', 1).message.possession })).to.equal('POSSESSION_INVALID possession');
    // Another's constant with its proof: the proof is of the other dealer.
    const { commitments, possession } = find('deal', 1).message;
    expect(committed({ commitments, possession })).to.equal('POSSESSION_INVALID possession');
    expect(committed({ possession: `B${dealing.possession.slice(1)}` })).to.equal('POINT_INVALID possession');
  });

  it('has one sealed share for each recipient, in order', () => {
    const { shares } = dealing;
    const wrong = [
      shares.slice(1),
      [...shares].reverse(),
      [...shares, shares[0]!],
      shares.map((share) => ({ ...share, recipient: 1 })),
      [],
    ];
    for (const each of wrong) expect(committed({ shares: each })).to.equal('RECIPIENTS_MISMATCH shares');
    const [one, two, three] = shares as [(typeof shares)[number], (typeof shares)[number], (typeof shares)[number]];
    expect(committed({ shares: [one, { ...two, enc: NO_POINT }, three] })).to.equal('POINT_INVALID shares[1].enc');
  });
});

describe('verdict', () => {
  const { board } = find('verdict', 2);
  const unfounded = () => {
    const { dealing } = Committee.of(generation).member(2).state;
    return complaintOf(generation, dealing!, 2, board.dealings[1]!);
  };

  it('is of a node with a receiving key', () => {
    expect(codeOf('verdict', { recipient: 4 })).to.equal('NOT_A_RECIPIENT recipient');
  });

  it('complains of who dealt, and once', () => {
    const complaint = unfounded();
    expect(codeOf('verdict', { complaints: [complaint] })).to.equal('accepted');
    expect(codeOf('verdict', { complaints: [complaint, complaint] })).to.equal('COMPLAINT_REPEATED complaints');
    expect(codeOf('verdict', { complaints: [{ ...complaint, dealer: 4 }] })).to.equal(
      'UNKNOWN_DEALING complaints[0].dealer',
    );
  });

  it("is not good in another's name", () => {
    const complaints = [unfounded()];
    const { board: before, message } = find('verdict', 3);
    const rulings = post(before, { ...message, complaints }).verdicts[3];
    expect(rulings).to.deep.equal([{ guilty: 'recipient', index: 3, code: 'COMPLAINT_UNPROVEN' }]);
  });
});

describe('ready', () => {
  it('is of who holds a share', () => {
    expect(codeOf('ready', { recipient: 4 }, 1)).to.equal('NOT_A_RECIPIENT recipient');
  });

  it('names the key', () => {
    expect(codeOf('ready', { groupKey: OTHER }, 1)).to.equal('GROUP_KEY_MISMATCH groupKey');
  });

  it('proves that the node knows its share', () => {
    const { message } = find('ready', 1);
    expect(codeOf('ready', { possession: find('ready', 2).message.possession }, 1)).to.equal(
      'POSSESSION_INVALID possession',
    );
    expect(codeOf('ready', { possession: withLetter(message.possession, 80) }, 1)).to.equal(
      'POSSESSION_INVALID possession',
    );
    expect(codeOf('ready', { possession: `B${message.possession.slice(1)}` }, 1)).to.equal('POINT_INVALID possession');
  });
});

describe('destroyed', () => {
  it('is of who held a share, once', () => {
    const message: Message = { kind: 'destroyed', recipient: 2 };
    const after = post(committee.board, message);
    expect(after.destroyed).to.deep.equal([2]);
    expect(faultOf(() => post(after, message))).to.equal('ALREADY_POSTED recipient');
    expect(faultOf(() => post(after, { ...message, recipient: 4 }))).to.equal('NOT_A_RECIPIENT recipient');
  });
});

describe('round', () => {
  it('ends when everybody has posted, or at its deadline', () => {
    for (const round of ROUNDS) {
      const { board } = history.find((each) => each.board.round === round)!;
      expect(isComplete(board), round).to.equal(false);
      expect(
        faultOf(() => advance(board, false)),
        round,
      ).to.equal('ROUND_NOT_OVER round');
      expect(
        faultOf(() => advance(board, true)),
        round,
      ).to.equal('accepted');
    }
    expect(awaitedBy(find('deal', 2).board).dealers).to.include(2);
  });

  it('is the last when the key is usable or the generation failed', () => {
    expect(faultOf(() => advance(committee.board, true))).to.equal('ROUND_NOT_OVER round');
    const failed = advance(history[0]!.board, true);
    expect(failed).to.include({ round: 'failed', failure: 'TOO_FEW_RECIPIENTS' });
    expect(faultOf(() => advance(failed, true))).to.equal('ROUND_NOT_OVER round');
  });
});

describe('message', () => {
  it('has no unknown, missing or oversized member', () => {
    const code = (value: unknown) => faultOf(() => parseMessage(value)).split(' ')[0];
    for (const { message } of history) {
      expect(code(message)).to.equal('accepted');
      expect(code({ ...message, more: 1 })).to.equal('MESSAGE_INVALID');
      for (const member of Object.keys(message)) {
        const rest = Object.fromEntries(Object.entries(message).filter(([name]) => name !== member));
        expect(code(rest), member).to.equal('MESSAGE_INVALID');
      }
    }
    const receive = find('receive', 1).message;
    for (const recipient of [0, 256, 1.5, '1', -1]) expect(code({ ...receive, recipient })).to.equal('MESSAGE_INVALID');
    for (const key of [`${receive.key}A`, `${receive.key}\n`, receive.key.slice(1), ` ${receive.key.slice(1)}`])
      expect(code({ ...receive, key })).to.equal('MESSAGE_INVALID');
    for (const value of [null, 'x', [], { kind: 'other' }]) expect(code(value)).to.equal('MESSAGE_INVALID');
  });
});
