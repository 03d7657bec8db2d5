import { expect } from 'chai';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { encodePoint } from '../../../../chaincode/crypto/point.js';
import { decodeEvaluation, verifyEvaluation } from '../../../../committee/crypto/oprf.js';
import type { MessagePayload } from '../../../../committee/messages/index.js';
import { evaluateAtGate } from '../../../../committee/node/gate.js';
import { aDevice, newId, newKey } from '../../../support/statements.js';
import { pointNamed } from '../../../support/curve.js';
import { CLOSING, NodeScene, OPENING, OWN, refusalOf } from './a-scene.js';
import { THRESHOLD } from './a-shared-key.js';

const { event } = OPENING;

describe("a gate's question at a node", () => {
  let scene: NodeScene;
  beforeEach(async () => {
    scene = await NodeScene.open({ checksPerDay: 2 });
  });
  afterEach(() => scene.close());

  const ask = (overrides: Partial<MessagePayload<'gate-check'>> = {}, by = scene.device.key) =>
    refusalOf(evaluateAtGate(scene.gateCheck(overrides, by), scene.services));

  it("is answered under the event's share", async () => {
    const blinded = pointNamed('a blinded document');
    const { keyId, ...evaluation } = await evaluateAtGate(
      scene.gateCheck({ blinded: encodePoint(blinded) }),
      scene.services,
    );
    expect(keyId).to.equal(`${event}/1`);
    const publicShares = new Map(scene.keys.get(event)!.shares.map((share) => [share.index, share.publicShare]));
    const key = { threshold: THRESHOLD, publicShares };
    expect(verifyEvaluation(nodeSuite, key, blinded, decodeEvaluation(evaluation))).to.equal(true);
  });

  it('is refused where any part of it is wrong', async () => {
    const cases: readonly (readonly [string, Partial<MessagePayload<'gate-check'>>])[] = [
      ['WRONG_EVENT statement.event', { event: CLOSING.event }],
      ['WRONG_CHANNEL statement.channel', { channel: 'other' }],
      ['STATEMENT_EXPIRED statement.exp', { exp: scene.seconds(0) }],
      ['INVALID_FIELD statement.exp', { exp: scene.seconds(301) }],
      ['UNKNOWN_DEVICE statement.device', { device: 'south-gate-1' }],
      ['POINT_INVALID statement.blinded', { blinded: 'A'.repeat(44) }],
      ['INVALID_FIELD statement.blinded', { blinded: 'AAAA' }],
      ['UNKNOWN_FIELD statement.name', { name: 'Alice' } as object],
    ];
    for (const [refusal, overrides] of cases) expect(await ask(overrides)).to.equal(refusal);
    expect(await ask({ exp: scene.seconds(300) })).to.equal('accepted');
  });

  it("is a registered device's, by its own key", async () => {
    expect(await ask({}, newKey('a stranger'))).to.equal('UNKNOWN_KEY statement.header.kid');
    const statement = scene.gateCheck().statement;
    const forged = { event, statement: `${statement.slice(0, -20)}${'A'.repeat(19)}A` };
    expect(await refusalOf(evaluateAtGate(forged, scene.services))).to.equal('SIGNATURE_INVALID statement');
  });

  it('is a device’s of this event, of no other', async () => {
    const other = aDevice(CLOSING, 'west-gate-1');
    scene.ledger.accept(other.command, { caller: OWN });
    expect(await ask({ device: other.device }, other.key)).to.equal('UNKNOWN_DEVICE statement.device');
  });

  it("is no revoked device's, and none's after its time", async () => {
    const short = aDevice(OPENING, 'east-gate-1');
    scene.ledger.accept({ ...short.command, notAfter: '2027-03-01T12:00:01Z' }, { caller: OWN });
    expect(await ask({ device: short.device }, short.key)).to.equal('accepted');
    scene.clock.ms += 1_000;
    expect(await ask({ device: short.device }, short.key)).to.equal('DEVICE_NOT_VALID statement.device');
    const revoke = { kind: 'device.revoke', id: newId(), event, device: scene.device.device };
    scene.ledger.accept(revoke, { caller: OWN });
    expect(await ask()).to.equal('DEVICE_NOT_VALID statement.device');
  });

  it('is limited by day for each device', async () => {
    const other = aDevice(OPENING, 'west-gate-1');
    scene.ledger.accept(other.command, { caller: OWN });
    expect([await ask(), await ask(), await ask()]).to.deep.equal([
      'accepted',
      'accepted',
      'DEVICE_LIMIT_REACHED statement.device',
    ]);
    expect(await ask({ device: other.device }, other.key)).to.equal('accepted');
    scene.clock.ms += 24 * 3_600_000;
    expect(await ask()).to.equal('accepted');
  });

  it('counts once, however often whoever has seen it repeats it: else one node could use up the limit at the others', async () => {
    const seen = scene.gateCheck();
    for (let times = 0; times < 5; times += 1)
      expect(await refusalOf(evaluateAtGate(seen, scene.services))).to.equal('accepted');
    expect([await ask(), await ask()]).to.deep.equal(['accepted', 'DEVICE_LIMIT_REACHED statement.device']);
    expect(await refusalOf(evaluateAtGate(seen, scene.services))).to.equal('accepted');
  });
});
