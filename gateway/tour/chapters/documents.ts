/** The door that looks at documents: the terminal asks the committee whose document it is, blinded, so that the nodes don't learn it. */
import { nodeSuite } from '../../../chaincode/crypto/node-suite.js';
import { trustKey, type TrustedKey } from '../../../committee/client/index.js';
import { randomScalar } from '../../../committee/crypto/secrets.js';
import { checkOffline, checkOnline, type OnlineCheck } from '../../../committee/gate/index.js';
import { holds, verifyCertificate } from '../../certificate/verify.js';
import { timestampOf } from '../../clock.js';
import type { Stage } from '../cast.js';
import type { TicketVersion } from '../fan.js';
import { GateDevice } from '../gate-device.js';
import { StoryBroken } from '../narrator.js';
import type { Person } from '../person.js';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface People {
  readonly dana: Person;
  readonly eli: Person;
}

/** @param ticket Dana's */
export async function tellDocuments(stage: Stage, { dana, eli }: People, ticket: TicketVersion): Promise<void> {
  const { narrator, venue, channel, event } = stage;
  const { client } = venue;
  const device = new GateDevice({ device: 'south-gate', channel, event });
  const registration = { device: device.device, jwk: device.jwk, notAfter: timestampOf(Date.now() + DAY_MS) };
  await narrator.happens('The south gate may scan this event', client.registerDevice(event, registration));
  const admit = async (person: Person) => {
    const { credential } = await recognize(stage, device, person, ticket);
    const scan = device.scan('admit', ticket, undefined, credential);
    const answer = await client.admit(scan.jws);
    device.accepted(scan);
    return answer;
  };
  const code = await (await dana.walletFor(event)).signPresentation(ticket);
  await narrator.refuses(
    'Dana has lent Eli her phone: with her code alone the door does not open',
    'GATE_CHECK_REQUIRED',
    client.admit(device.scan('admit', ticket, code).jws, code.jws),
  );
  await narrator.refuses('Eli shows his own passport to it', 'NOT_THE_HOLDER', admit(eli));
  await narrator.happens('Dana comes without a phone: her passport opens the door', admit(dana));
  await tellOffline(stage, device, { dana, eli, ticket });
  await tellWhoseWord(stage, ticket);
}

interface Offline extends People {
  readonly ticket: TicketVersion;
}

/** The terminal knows whose ticket it was when it last had a connection; the wallet shows what t nodes have said of its owner. */
async function tellOffline(stage: Stage, device: GateDevice, { dana, eli, ticket }: Offline): Promise<void> {
  const { narrator, venue, channel, event } = stage;
  const { height, holders, syncedAt } = await device.sync(venue.client);
  narrator.fact(
    'The south gate takes along',
    `${holders.size} tickets of ${syncedAt}, block ${height}; then its line breaks`,
  );
  const { epoch } = await venue.client.key(event);
  const committee = await venue.client.committee(epoch);
  const gate = { channel, event, committee, list: device.list, suite: nodeSuite, now: Date.now };
  const shows = (passport: Person['passport']) =>
    checkOffline(passport.identity, ticket.ticket, dana.gateMaterialFor(event), gate);
  narrator.holds(
    'Dana’s passport opens what her wallet shows: the ticket is hers',
    (await shows(dana.passport)).isHolder,
  );
  const { isHolder, reason = '' } = await shows(eli.passport);
  narrator.holds(
    'Eli’s passport does not: with Dana’s phone he stays outside',
    !isHolder && reason === 'another-person',
  );
}

/** The certificate has the nodes' statements; who Dana is, it can't say. */
async function tellWhoseWord({ narrator, venue }: Stage, { ticket }: TicketVersion): Promise<void> {
  const steps = verifyCertificate(await venue.client.certificate(ticket));
  for (const { name, says } of steps) if (name === 'committee' || name === 'enrolments') narrator.fact(name, says);
  narrator.holds('The certificate shows by whose word the key that bought it is the pseudonym’s', holds(steps));
}

async function recognize(
  stage: Stage,
  device: GateDevice,
  { passport }: Person,
  { ticket }: TicketVersion,
): Promise<OnlineCheck> {
  const { venue, channel, event, nodes } = stage;
  const { holder } = await venue.client.ticket(ticket);
  return checkOnline(passport.identity, holder, {
    ...{ channel, event, nodes, suite: nodeSuite, random: randomScalar, now: Date.now },
    device: device.device,
    sign: (question) => Promise.resolve(device.ask(question)),
    key: await trustedKey(stage),
  });
}

async function trustedKey({ venue, channel, event }: Stage): Promise<TrustedKey> {
  const [{ usable }, committee] = await Promise.all([venue.client.key(event), venue.client.committee()]);
  if (!usable) throw new StoryBroken(`the key of ${event} can't be used any more`);
  return trustKey(event, usable, { suite: nodeSuite, channel, pinned: [committee] });
}
