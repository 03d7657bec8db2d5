/** What is refused of the committee's nodes while they make keys, each event's key in another round. */
import type { Dealing, Message } from '../../../../chaincode/crypto/generation/messages.js';
import { encodePoint, GENERATOR } from '../../../../chaincode/crypto/point.js';
import type { RefusalCode } from '../../../../chaincode/domain/refusal.js';
import { owed } from '../../../../committee/protocol/index.js';
import { codeOf } from '../../../support/code-of.js';
import { aKeyAdvance, aKeyGeneration } from '../../../support/committee.js';
import { committed } from '../../../support/crooked-nodes.js';
import { silentFrom, type Conduct } from '../../../support/key-generation.js';
import type { LiveCommittee } from '../../../support/live-committee.js';
import { liveScene, type LiveScene } from '../../../support/live-scene.js';
import { EVERYBODY, type RealNetwork } from '../../../support/real-network.js';
import { replicasAtRest } from '../../../support/replicas.js';
import { send } from '../../../support/rest.js';
import { ShadowGeneration } from '../../../support/shadow-generation.js';
import { anEventChange, EVENT_POLICY, type Command } from '../../../support/statements.js';
import { until } from '../../../support/until.js';
import type { Refused } from './refused.js';

const POINT = encodePoint(GENERATOR);
const COMPLAINT = { dealer: 9, shared: POINT, proof: 'A'.repeat(86) };
const DESTROYED = { kind: 'destroyed', recipient: 1 } as const;
const DEALING: Message = { kind: 'deal', dealer: 1, commitments: [POINT], possession: 'A'.repeat(87), shares: [] };

export const KEY_MESSAGE_CODES = [
  ...(['KEY_EXISTS', 'STALE_GENERATION', 'CREDENTIAL_NOT_REQUIRED'] as const),
  ...(['WRONG_ROUND', 'POINT_INVALID', 'ALREADY_POSTED', 'KEY_NEEDED'] as const),
  ...(['COMMITMENTS_WRONG', 'POSSESSION_INVALID', 'DIGEST_MISMATCH', 'RECIPIENTS_MISMATCH'] as const),
  ...(['UNKNOWN_DEALING', 'COMPLAINT_REPEATED'] as const),
  ...(['SCALAR_INVALID', 'PROOF_INVALID', 'GROUP_KEY_MISMATCH'] as const),
] as const;
type KeyRefusals = Readonly<Record<(typeof KEY_MESSAGE_CODES)[number], Refused>>;

const forPersons = () => liveScene({ policy: { ...EVENT_POLICY, credentialRequired: true } });
/** How far the key of each is: `late` is announced without node 1. */
export const SCENES = {
  ...{ late: forPersons(), announced: forPersons(), dealing: forPersons() },
  ...{ judging: forPersons(), usable: forPersons(), begun: forPersons() },
};
const open = liveScene();

export interface KeyMessages {
  readonly refusals: KeyRefusals;
  /** A round that has only just begun is ended. */
  hurry(): Promise<Command>;
  /** The first round of `late` is over. @returns node 1's dealing, which nobody expects */
  dealLate(): Promise<Command>;
  /** The others have dealt. @returns node 1's verdict on it */
  judgeLate(): Promise<Command>;
}

/** @param committee its nodes stand still */
export async function setKeyMessages(network: RealNetwork, committee: LiveCommittee): Promise<KeyMessages> {
  const { ledger } = network.organizer;
  const supply = [...Object.values(SCENES), open].flatMap(({ event, floor }) => [event.command, floor.command]);
  await ledger.accept(supply, EVERYBODY);
  const shadowOf = (scene: LiveScene, node1?: Conduct) =>
    new ShadowGeneration(committee, scene.event.event, node1 && { 1: node1 });
  const late = shadowOf(SCENES.late, silentFrom('receive', 'commit'));
  late.course.deliver();
  const [announced, dealing, judging] = [SCENES.announced, SCENES.dealing, SCENES.judging].map((scene) =>
    shadowOf(scene),
  ) as [ShadowGeneration, ShadowGeneration, ShadowGeneration];
  const usable = shadowOf(SCENES.usable, silentFrom('ready'));
  const refusals: KeyRefusals = {
    ...OF_GENERATIONS,
    ...announcedBy(announced),
    ...dealtBy(dealing),
    ...judgedBy(judging),
    ...usableBy(usable),
  };
  const begin = (...events: readonly LiveScene[]) =>
    ledger.accept(
      events.map(({ event }) => aKeyGeneration(event.event)),
      EVERYBODY,
    );
  await begin(SCENES.late, SCENES.announced, SCENES.dealing, SCENES.judging, SCENES.usable);
  await ledger.accept(
    [late, announced, dealing, judging, usable].flatMap((shadow) => shadow.news()),
    EVERYBODY,
  );
  await ledger.accept([aKeyAdvance(usable.name)], EVERYBODY);
  return {
    refusals,
    async hurry() {
      await begin(SCENES.begun);
      return aKeyAdvance(shadowOf(SCENES.begun).name);
    },
    async dealLate() {
      await until(async () => (await codeOf(send(network.venue, aKeyAdvance(late.name)))) === 'accepted');
      await replicasAtRest(ledger);
      return late.command({ ...late.until('deal'), dealer: 1 });
    },
    async judgeLate() {
      late.course.deliver();
      await ledger.accept(late.news(), EVERYBODY);
      return late.command({ kind: 'verdict', recipient: 1, complaints: [] });
    },
  };
}

/** Keeps the codes in the type. */
function refusing<C extends RefusalCode>(refusals: Readonly<Record<C, Refused>>): Readonly<Record<C, Refused>> {
  return refusals;
}

/** Nodes need not go on with any of them. */
export async function cancelKeyScenes({ organizer }: RealNetwork): Promise<void> {
  const over = Object.values(SCENES).map(({ event }) => anEventChange(event));
  await organizer.ledger.accept(over, EVERYBODY);
}

const OF_GENERATIONS = refusing({
  KEY_EXISTS: ['organizer', () => aKeyGeneration(SCENES.usable.event.event, 2)],
  STALE_GENERATION: ['organizer', () => aKeyGeneration(SCENES.usable.event.event, 7)],
  CREDENTIAL_NOT_REQUIRED: ['organizer', () => aKeyGeneration(open.event.event)],
});

/** Node 1 has posted its receiving key and nobody else anything. */
function announcedBy(shadow: ShadowGeneration) {
  const received = shadow.until('receive');
  shadow.course.post(shadow.course.nodes[0]!, received);
  return refusing({
    WRONG_ROUND: ['venue', () => shadow.command(DEALING)],
    POINT_INVALID: ['venue', () => shadow.command({ ...received, recipient: 2, key: 'A'.repeat(44) })],
    ALREADY_POSTED: ['venue', () => shadow.command(received)],
    KEY_NEEDED: ['venue', () => shadow.command(DESTROYED)],
  });
}

/** Nodes 1 and 2 have committed to dealings that are none. */
function dealtBy(shadow: ShadowGeneration) {
  const { course } = shadow;
  const short = committed(course, 1, ({ commitments }) => ({ commitments: commitments.slice(1) }));
  const unproven = committed(course, 2, ({ possession }) => ({
    possession: `${possession.slice(0, 50)}AAAA${possession.slice(54)}`,
  }));
  course.deliver();
  const honest = owed(course.nodes[2]!.state).find(({ kind }) => kind === 'deal') as Dealing;
  const { commitments, shares } = honest;
  return refusing({
    COMMITMENTS_WRONG: ['venue', () => shadow.command(short())],
    POSSESSION_INVALID: ['venue', () => shadow.command(unproven())],
    DIGEST_MISMATCH: ['venue', () => shadow.command({ ...honest, commitments: commitments.toReversed() })],
    RECIPIENTS_MISMATCH: ['venue', () => shadow.command({ ...honest, shares: shares.slice(1) })],
  });
}

/** All have dealt, and nobody has judged. */
function judgedBy(shadow: ShadowGeneration) {
  const verdict = shadow.until('verdict');
  return refusing({
    UNKNOWN_DEALING: ['venue', () => shadow.command({ ...verdict, complaints: [COMPLAINT] })],
    COMPLAINT_REPEATED: ['venue', () => shadow.command({ ...verdict, complaints: [COMPLAINT, COMPLAINT] })],
  });
}

/** All but node 1 are ready, and the key is in use. */
function usableBy(shadow: ShadowGeneration) {
  const ready = shadow.until('ready');
  shadow.course.deliver();
  return refusing({
    SCALAR_INVALID: ['venue', () => shadow.command({ ...ready, possession: `${POINT}${'_'.repeat(42)}8` })],
    PROOF_INVALID: ['venue', () => shadow.command({ ...ready, possession: `${'A'.repeat(86)}B` })],
    GROUP_KEY_MISMATCH: ['venue', () => shadow.command({ ...ready, groupKey: POINT })],
  });
}
