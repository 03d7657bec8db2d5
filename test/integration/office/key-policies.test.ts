/**
 * Who can write what, on real Fabric: every key with an endorsement policy of its own, against every wrong set of endorsers. First through the
 * rules, then through a chaincode that writes whatever it is told: peers that run another chaincode must not get further than ours do.
 */
import { expect } from 'chai';
import { deviceKey, eventKey, foundingKey, organizationKeysKey, policyKey } from '../../../chaincode/domain/keys.js';
import type { EventRecord, OrganizationKeysRecord } from '../../../chaincode/domain/records.js';
import { hours, liveScene, putOff, type LiveScene } from '../../support/live-scene.js';
import { batchOf, type PartyLedger } from '../../support/party-ledger.js';
import {
  deployProbe,
  EVERYBODY,
  ORGANIZER,
  realNetwork,
  RESELLER,
  VENUE,
  type RealNetwork,
} from '../../support/real-network.js';
import { aPolicyChange } from '../../support/settlements.js';
import {
  aDevice,
  aKeyRegistration,
  anEventChange,
  aSale,
  CONSORTIUM,
  newKey,
  type Command,
} from '../../support/statements.js';

/** Every set of the three organizations that endorse. */
const SETS = [
  [ORGANIZER],
  [RESELLER],
  [VENUE],
  [ORGANIZER, RESELLER],
  [ORGANIZER, VENUE],
  [RESELLER, VENUE],
  [...EVERYBODY],
];
const REFUSED = 'ENDORSEMENT_POLICY_FAILURE';
const names = (set: readonly string[]) => set.map((msp) => msp.replace('MSP', '').toLowerCase()).join(' and ');

describe('endorsement policies through the rules', () => {
  let network: RealNetwork;
  let scene: LiveScene;
  const submit = async (ledger: PartyLedger, command: Command, endorsers: readonly string[]) =>
    (await ledger.transact('BoxOffice:submit', batchOf([command]), endorsers)).code;

  before(async () => {
    network = await realNetwork();
    scene = liveScene();
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
  });

  for (const set of SETS) {
    const enough = set.length > 1;
    it(`a sale endorsed by ${names(set)} is ${enough ? 'valid' : 'dropped'}`, async () => {
      const seat = `floor:A:${SETS.indexOf(set) + 1}`;
      const { ledger } = network.reseller;
      expect(await submit(ledger, aSale(scene.floor, { seats: [seat] }).command, set)).to.equal(
        enough ? 'VALID' : REFUSED,
      );
    });

    const byOrganizer = enough && set.includes(ORGANIZER);
    it(`an event changed by ${names(set)} is ${byOrganizer ? 'valid' : 'dropped'}`, async () => {
      const { ledger } = network.organizer;
      const { change } = (await ledger.records.read<EventRecord>(eventKey(scene.event.event)))!;
      const postponed = anEventChange(scene.event, {
        change,
        action: 'postpone',
        schedule: putOff(scene.event.payload.schedule),
      });
      expect(await submit(ledger, postponed, set)).to.equal(byOrganizer ? 'VALID' : REFUSED);
      const after = await ledger.records.read<EventRecord>(eventKey(scene.event.event));
      expect(after?.change).to.equal(change + Number(byOrganizer));
    });

    it(`its rules changed by ${names(set)} are ${byOrganizer ? 'changed' : 'kept'}`, async () => {
      const { ledger } = network.organizer;
      const event = scene.event.event;
      const { policyVersion, policy } = (await ledger.records.read(eventKey(event)))!;
      const { primary, resale } = policy.perPersonLimit;
      const version = policyVersion + 1;
      const raised = { perPersonLimit: { primary: primary + 1, resale } };
      const changed = aPolicyChange(scene.event, raised, { version });
      expect(await submit(ledger, changed, set)).to.equal(byOrganizer ? 'VALID' : REFUSED);
      const after = await ledger.records.read(eventKey(event));
      expect(after?.policyVersion).to.equal(policyVersion + Number(byOrganizer));
      expect(after?.policy.perPersonLimit.primary).to.equal(primary + Number(byOrganizer));
      expect((await ledger.records.read(policyKey(event, version))) !== undefined).to.equal(byOrganizer);
    });

    const byOwner = enough && set.includes(RESELLER);
    it(`a key of the reseller registered by ${names(set)} is ${byOwner ? 'valid' : 'dropped'}`, async () => {
      const { ledger } = network.reseller;
      const validity = { notBefore: hours(-1), notAfter: hours(1) };
      const key = newKey(`registered by ${names(set)}`);
      expect(await submit(ledger, aKeyRegistration(key, 'seller', validity), set)).to.equal(
        byOwner ? 'VALID' : REFUSED,
      );
      const registry = await ledger.records.read<OrganizationKeysRecord>(organizationKeysKey(RESELLER));
      expect(registry?.keys.some(({ kid }) => kid === key.kid)).to.equal(byOwner);
    });
  }
});

describe('endorsement policies against another chaincode', () => {
  let ledger: PartyLedger;
  const { event, command } = liveScene().event;
  const probe = async (name: 'put' | 'remove' | 'grant', argument: object, endorsers: readonly string[]) =>
    (await ledger.transact(`Probe:${name}`, JSON.stringify(argument), endorsers)).code;

  before(async () => {
    const network = await deployProbe('forged');
    ledger = network.organizer.on('forged');
    for (const step of ['propose', 'found']) await ledger.transact(`Consortium:${step}`, network.founding, EVERYBODY);
    const validity = { notBefore: hours(-1), notAfter: hours(1) };
    await ledger.accept([aKeyRegistration(CONSORTIUM.keys[ORGANIZER]!.event, 'event', validity)], EVERYBODY);
    await ledger.accept([command], EVERYBODY);
    const venue = network.venue.on('forged');
    await venue.accept([aDevice({ event }).command], EVERYBODY);
  });

  const organizerAndOne = (set: readonly string[]) => set.includes(ORGANIZER) && set.length > 1;
  const KEYS: readonly (readonly [what: string, key: string, suffices: (set: readonly string[]) => boolean])[] = [
    ['the event', eventKey(event), organizerAndOne],
    ['its policy', policyKey(event, 1), organizerAndOne],
    ["the organizer's keys", organizationKeysKey(ORGANIZER), (set) => set.includes(ORGANIZER)],
    ["the reseller's keys", organizationKeysKey(RESELLER), (set) => set.includes(RESELLER)],
    ["the venue's keys", organizationKeysKey(VENUE), (set) => set.includes(VENUE)],
    ['the founding', foundingKey, (set) => set.length === EVERYBODY.length],
    ['a record without a policy of its own', deviceKey(event, 'north-gate-1'), (set) => set.length > 1],
  ];

  for (const [what, key, suffices] of KEYS) {
    const [right, wrong] = [SETS.filter(suffices), SETS.filter((set) => !suffices(set))];
    it(`${what} can be written by ${right.map(names).join(', or ')} and nobody else`, async () => {
      const before = await ledger.records.read(key);
      const forgeries = wrong.flatMap((set) => [
        probe('put', { key, value: 'forged' }, set),
        probe('grant', { key, to: set }, set),
        probe('remove', { key }, set),
      ]);
      expect(new Set(await Promise.all(forgeries))).to.deep.equal(new Set([REFUSED]));
      expect(await ledger.records.read(key)).to.deep.equal(before);
      for (const set of right) expect(await probe('put', { key, value: before }, set), names(set)).to.equal('VALID');
    });
  }
});
