/** What happens while a transaction is held back, each endorsed by all. */
import type { Gate } from '../../../../chaincode/domain/gates.js';
import { gateKey } from '../../../../chaincode/domain/keys.js';
import { putOff, seconds, timeAt } from '../../../support/live-scene.js';
import { batchOf } from '../../../support/party-ledger.js';
import { EVERYBODY, type RealNetwork } from '../../../support/real-network.js';
import { aListingExpiry } from '../../../support/resales.js';
import { aPolicyChange } from '../../../support/settlements.js';
import { anAdvance, anEventChange, newId, type Command } from '../../../support/statements.js';
import { until } from '../../../support/until.js';
import type { Situation } from './situation.js';

type Commands = (situation: Situation) => Command | readonly Command[] | Promise<Command>;
type Transition = (situation: Situation) => Promise<unknown>;

export const byOrganizer = ({ organizer }: RealNetwork) => organizer;
export const byReseller = ({ reseller }: RealNetwork) => reseller;
export const byVenue = ({ venue }: RealNetwork) => venue;

const submits =
  (by: typeof byOrganizer) =>
  (commands: Commands): Transition =>
  async (situation) =>
    by(situation.network).ledger.accept([await commands(situation)].flat(), EVERYBODY);

export const organizerSubmits = submits(byOrganizer);
export const resellerSubmits = submits(byReseller);
export const venueSubmits = submits(byVenue);

export const cancels = organizerSubmits(({ event }) => anEventChange(event));
export const closesSales = organizerSubmits(({ event }) => ({ kind: 'sales.close', id: newId(), event: event.event }));
export const postponement = ({ event }: Situation) =>
  anEventChange(event, { action: 'postpone', schedule: putOff(event.payload.schedule) });
export const postpones = organizerSubmits(postponement);
export const changesRules = organizerSubmits(({ event }) =>
  aPolicyChange(event, { perPersonLimit: { primary: 200, resale: 200 } }),
);
export const closesAllotment = resellerSubmits(({ event, floor }) => ({
  kind: 'allotment.close',
  id: newId(),
  event: event.event,
  allotment: floor.payload.allotment,
}));
export const registersDevice = venueSubmits(({ device }) => device.command);

/** Moves the event along its schedule, unless a gateway's clockwork was faster. */
const moves =
  (gate: Gate, to: 'open' | 'closed'): Transition =>
  async ({ network, event }) => {
    const { ledger } = network.venue;
    await until(async () => {
      await ledger.transact('BoxOffice:submit', batchOf([anAdvance(event)]), EVERYBODY);
      return (await ledger.records.read(gateKey(event.event, gate)))?.state === to;
    });
  };
export const closes = (gate: Gate): Transition => moves(gate, 'closed');
export const opens = (gate: Gate): Transition => moves(gate, 'open');

/** The listing's time is over, and that is recorded by whoever looks first. */
export const recordsExpiry: Transition = async (situation) => {
  await until(() => timeAt(Date.now()) > timeAt(situation.offer.payload.exp * 1_000));
  await venueSubmits(({ offer }) => aListingExpiry(offer))(situation);
};

/** Sales would have closed and the event is advanced, whether or not there is anything to move. */
export const passesSalesClose: Transition = async ({ network, event }) => {
  await until(() => seconds(0) > event.payload.schedule.salesCloseAt);
  await network.venue.ledger.transact('BoxOffice:submit', batchOf([anAdvance(event)]), EVERYBODY);
};
