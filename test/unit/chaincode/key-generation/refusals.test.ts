import { expect } from 'chai';
import type { Message, MessageOf } from '../../../../chaincode/crypto/generation/messages.js';
import { owed } from '../../../../committee/protocol/index.js';
import { aKeyAdvance, aKeyGeneration, aKeyMessage, appointCommittee, holdKey } from '../../../support/committee.js';
import { KeyGeneration, type Conduct } from '../../../support/key-generation.js';
import { anEventChange, EVENT_POLICY, newKey, SCHEDULE } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectAccepted, expectRefusal, forged, onSale } from '../../../support/world.js';

const CREDENTIALS = { policy: { ...EVENT_POLICY, credentialRequired: true } };
const begun = (conducts: Readonly<Record<number, Conduct>> = {}) => {
  const ledger = TestLedger.founded();
  const committee = appointCommittee(ledger);
  return { ledger, committee, course: new KeyGeneration(ledger, committee, { conducts }) };
};

/** As begun, in the round in which nodes owe such a message; nothing of that round is posted yet. */
function before<K extends Message['kind']>(kind: K) {
  const scene = begun();
  const { course } = scene;
  const due = (index: number) => owed(course.nodes[index]!.state).find((each) => each.kind === kind);
  while (!due(0)) course.deliver();
  return { ...scene, messageOf: (index: number) => due(index - 1) as MessageOf<K> };
}

/** What a changed message of node 1 is answered. */
function changed<K extends Message['kind']>(kind: K, change: (message: MessageOf<K>) => object) {
  const { course, messageOf } = before(kind);
  const message = messageOf(1);
  return course.post(course.nodes[0]!, { ...message, ...change(message) });
}

describe('beginning a key', () => {
  it('is for those who run nodes and for administrators', () => {
    const ledger = TestLedger.founded();
    appointCommittee(ledger);
    const as = (...attributes: string[]) => ({ caller: { mspId: 'VenueMSP', attributes: new Set(attributes) } });
    expectRefusal(ledger.submit(aKeyGeneration(), as('box-office')), 'NOT_AUTHORISED', 'caller.attributes');
    expectAccepted(ledger.submit(aKeyGeneration(), as('committee')));
  });

  it('needs a committee', () => {
    expectRefusal(TestLedger.founded().submit(aKeyGeneration()), 'NO_COMMITTEE');
  });

  it('names the next number', () => {
    const { ledger } = begun();
    for (const number of [1, 3])
      expect(
        expectRefusal(ledger.submit(aKeyGeneration(undefined, number)), 'STALE_GENERATION', 'generation'),
      ).to.include({ expected: 2 });
  });

  it('waits for the one that goes on', () => {
    const { ledger } = begun();
    expectRefusal(ledger.submit(aKeyGeneration(undefined, 2)), 'KEY_EXISTS', 'generation');
  });

  it('is done once, until a newer committee is appointed', () => {
    const { ledger, course } = begun();
    course.run();
    expectRefusal(ledger.submit(aKeyGeneration(undefined, 2)), 'KEY_EXISTS', 'generation');
    appointCommittee(ledger, 4, 3, 2);
    expectAccepted(ledger.submit(aKeyGeneration(undefined, 2)));
  });

  it('is for events that ask for credentials, are to come and are not cancelled', () => {
    const { ledger, event } = onSale();
    appointCommittee(ledger);
    const { event: id } = event;
    expectRefusal(ledger.submit(aKeyGeneration(id)), 'CREDENTIAL_NOT_REQUIRED', 'policy.credentialRequired');
    expectRefusal(ledger.submit(aKeyGeneration('OrganizerMSP:matinee')), 'UNKNOWN_EVENT', 'event');
    const strict = onSale(CREDENTIALS);
    appointCommittee(strict.ledger);
    const late = { now: SCHEDULE.endsAt };
    expectRefusal(strict.ledger.submit(aKeyGeneration(id), late), 'EVENT_ENDED', 'schedule.endsAt');
    strict.ledger.accept(anEventChange(strict.event));
    expectRefusal(strict.ledger.submit(aKeyGeneration(id)), 'EVENT_CANCELLED', 'event');
  });

  it('leaves an event’s key with the committee that has made it', () => {
    const { ledger, event } = onSale(CREDENTIALS);
    holdKey(ledger, appointCommittee(ledger), event.event);
    appointCommittee(ledger, 4, 3, 2);
    expectRefusal(ledger.submit(aKeyGeneration(event.event, 2)), 'KEY_EXISTS', 'generation');
  });
});

describe('a message of a key generation', () => {
  it('is signed by the node of its index', () => {
    const { ledger, course, messageOf } = before('receive');
    const post = (by: Parameters<typeof aKeyMessage>[2]) => ledger.submit(aKeyMessage(course.name, messageOf(1), by));
    expectRefusal(post(course.nodes[1]!.keys.recipient!), 'UNKNOWN_KEY', 'statement.header.kid');
    expectRefusal(post(newKey('stranger')), 'UNKNOWN_KEY', 'statement.header.kid');
    const command = aKeyMessage(course.name, messageOf(1), course.nodes[0]!.keys.recipient!);
    const broken = { ...command, statement: forged(String(command.statement)) };
    expectRefusal(ledger.submit(broken), 'SIGNATURE_INVALID', 'statement');
  });

  it('has an index that the committee has', () => {
    const { ledger, course, messageOf } = before('receive');
    const message = { ...messageOf(1), recipient: 5 };
    const command = aKeyMessage(course.name, message, course.nodes[0]!.keys.recipient!);
    expectRefusal(ledger.submit(command), 'UNKNOWN_KEY', 'statement.header.kid');
  });

  it('is of this channel, not expired, and of the generation that goes on', () => {
    const { ledger, course, messageOf } = before('receive');
    const post = (overrides: Parameters<typeof aKeyMessage>[3]) =>
      ledger.submit(aKeyMessage(course.name, messageOf(1), course.nodes[0]!.keys.recipient!, overrides));
    expectRefusal(post({ channel: 'other' }), 'WRONG_CHANNEL', 'statement.channel');
    expectRefusal(post({ exp: 1 }), 'STATEMENT_EXPIRED', 'statement.exp');
    expectRefusal(post({ generation: 2 }), 'STALE_GENERATION', 'generation');
    expectRefusal(post({ key: 'OrganizerMSP:matinee' }), 'STALE_GENERATION', 'generation');
  });

  it('is of the newest generation', () => {
    const { ledger, committee, course, messageOf } = before('receive');
    const message = messageOf(1);
    course.nowSeconds += 15;
    expectAccepted(course.end());
    expect(new KeyGeneration(ledger, committee, { generation: 2 }).board.round).to.equal('announce');
    const old = ledger.submit(aKeyMessage(course.name, message, course.nodes[0]!.keys.recipient!));
    expectRefusal(old, 'STALE_GENERATION', 'statement.generation');
  });

  it('names how many places there are', () => {
    const { ledger, course, messageOf } = before('receive');
    for (const nodes of [3, 5, 64]) {
      const command = aKeyMessage({ ...course.name, nodes }, messageOf(1), course.nodes[0]!.keys.recipient!);
      expect(expectRefusal(ledger.submit(command), 'INVALID_FIELD', 'nodes')).to.include({ expected: 4 });
    }
  });

  it('is taken once', () => {
    const { course, messageOf } = before('receive');
    const [node] = course.nodes;
    const message = messageOf(1);
    expectAccepted(course.post(node!, message));
    expectRefusal(course.post(node!, message), 'ALREADY_POSTED', 'statement.message.recipient');
  });

  it('is taken in its round and not before', () => {
    const { course, messageOf } = before('deal');
    const late = { kind: 'receive', recipient: 1, key: 'A'.repeat(44) } as const;
    const dealing = messageOf(1);
    expectRefusal(course.post(course.nodes[0]!, late), 'ALREADY_POSTED', 'statement.message.recipient');
    const fresh = begun().course;
    expectRefusal(fresh.post(fresh.nodes[0]!, dealing), 'WRONG_ROUND', 'statement.message.kind');
  });

  it('is not taken after the round’s end is on record', () => {
    const { course, messageOf } = before('receive');
    for (const node of course.nodes.slice(0, 3))
      for (const message of owed(node.state)) if (message.kind !== 'advance') course.post(node, message);
    const late = messageOf(4);
    course.nowSeconds += 15;
    expectAccepted(course.end());
    expectRefusal(course.post(course.nodes[3]!, late), 'WRONG_ROUND', 'statement.message.kind');
  });

  const wrong = 'A'.repeat(43);
  const point = `Ag${'A'.repeat(42)}`;
  it('is refused with the code of what is wrong with it', () => {
    expectRefusal(
      changed('receive', () => ({ key: 'A'.repeat(44) })),
      'POINT_INVALID',
      'statement.message.key',
    );
    expectRefusal(
      changed('deal', ({ commitments }) => ({ commitments: [...commitments].reverse() })),
      'DIGEST_MISMATCH',
      'statement.message.commitments',
    );
    expectRefusal(
      changed('deal', ({ shares }) => ({ shares: shares.slice(1) })),
      'RECIPIENTS_MISMATCH',
      'statement.message.shares',
    );
    const complaint = { dealer: 9, shared: point, proof: 'A'.repeat(86) };
    expectRefusal(
      changed('verdict', () => ({ complaints: [complaint] })),
      'UNKNOWN_DEALING',
      'statement.message.complaints[0].dealer',
    );
    expectRefusal(
      changed('verdict', () => ({ complaints: [complaint, complaint] })),
      'COMPLAINT_REPEATED',
      'statement.message.complaints',
    );
    expectRefusal(
      changed('ready', () => ({ groupKey: point })),
      'GROUP_KEY_MISMATCH',
      'statement.message.groupKey',
    );
    expectRefusal(
      changed('ready', () => ({ possession: `${'A'.repeat(86)}B` })),
      'PROOF_INVALID',
    );
  });

  it('is refused where its form is wrong', () => {
    expectRefusal(
      changed('commit', () => ({ digest: 'short' })),
      'INVALID_FIELD',
      'statement.message.digest',
    );
    expectRefusal(
      changed('commit', () => ({ more: wrong })),
      'UNKNOWN_FIELD',
      'statement.message.more',
    );
  });

  it('of a false complaint is taken and names its author', () => {
    const { course, messageOf } = before('verdict');
    const complaint = { dealer: 2, shared: course.board.receivingKeys[3]!, proof: 'A'.repeat(86) };
    const outcome = course.post(course.nodes[0]!, { ...messageOf(1), complaints: [complaint] });
    expect(expectAccepted(outcome).named).to.deep.equal(['recipient 1 COMPLAINT_UNPROVEN']);
    expect(course.run().board.outcome!.qualified).to.deep.equal([1, 2, 3, 4]);
  });
});

describe('ending a round', () => {
  it('is possible for any organization once the deadline has passed', () => {
    const { course } = begun();
    course.deliver();
    course.nowSeconds += 14;
    expectRefusal(course.end(), 'ROUND_NOT_OVER', 'generation.round');
    course.nowSeconds += 1;
    expect(expectAccepted(course.end('TrusteeMSP'))).to.deep.include({ round: 'failed', awaited: [1, 2, 3, 4] });
  });

  it('begins the next one’s time', () => {
    const { course } = begun({ 2: (message) => (message.kind === 'deal' ? undefined : message) });
    course.nowSeconds += 10;
    course.deliver();
    course.deliver();
    expect(course.board.round).to.equal('deal');
    course.nowSeconds += 14;
    expectRefusal(course.end(), 'ROUND_NOT_OVER');
    course.nowSeconds += 1;
    expect(expectAccepted(course.end())).to.deep.include({ round: 'verdict', awaited: [2] });
  });

  it('makes the key usable as soon as t nodes are ready', () => {
    const { course } = before('ready');
    for (const node of course.nodes.slice(0, 2))
      for (const message of owed(node.state)) if (message.kind !== 'advance') course.post(node, message);
    expectRefusal(course.end(), 'ROUND_NOT_OVER');
    const third = course.nodes[2]!;
    for (const message of owed(third.state)) if (message.kind !== 'advance') course.post(third, message);
    expect(expectAccepted(course.end())).to.deep.include({ round: 'usable' });
    // The fourth may be late.
    expect(course.deliver()).to.equal(1);
    expect(course.board.ready).to.deep.equal([1, 2, 3, 4]);
  });

  it('is for who may, of the generation that goes on, with its places', () => {
    const { ledger, course } = begun();
    const end = (change: object, caller: Parameters<typeof ledger.submit>[1] = {}) =>
      ledger.submit({ ...aKeyAdvance(course.name), ...change }, caller);
    const guest = { caller: { mspId: 'VenueMSP', attributes: new Set(['gate']) } };
    expectRefusal(end({}, guest), 'NOT_AUTHORISED', 'caller.attributes');
    expectRefusal(end({ generation: 2 }), 'STALE_GENERATION', 'generation');
    expectRefusal(end({ nodes: 5 }), 'INVALID_FIELD', 'nodes');
  });

  it('is done once', () => {
    const { course } = begun();
    course.nowSeconds += 15;
    expectAccepted(course.end());
    expectRefusal(course.end(), 'NOTHING_DUE', 'generation');
  });
});
