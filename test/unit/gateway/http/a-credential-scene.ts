/**
 * A ticket that went through the hands of three people: Ada bought it, got another phone by the old one's word, and gave it to Ben; Ben offered it, got
 * another phone, and Cleo bought what he had offered. Cleo then lost hers, and got another one by the
 * word of two organizations after the ledger's wait, though somebody else had asked for hers before.
 */
import type { Certificate } from '../../../../gateway/certificate/certificate.js';
import type { TicketResource } from '../../../../gateway/client/resources.js';
import {
  anApproval,
  anAttestor,
  anEnrolment,
  aRelease,
  type RegistrationOptions,
  type TestCommittee,
} from '../../../support/committee.js';
import { holderAt } from '../../../support/credentials.js';
import { KeyGeneration } from '../../../support/key-generation.js';
import { aProposal, aVote, appoint } from '../../../support/proposals.js';
import { CONSORTIUM, newKey, type TestKey } from '../../../support/statements.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { signListing, signPurchase, TICKET } from './a-resale.js';
import { aFan, anOpenEvent, EVENT, newEvent, signTransfer, type Fan } from './a-scene.js';

export interface CredentialScene {
  readonly gateway: TestGateway;
  readonly committee: TestCommittee;
  readonly certificate: Certificate;
  readonly shown: TicketResource;
  /** With their first keys; `adaAgain` signed the transfer. */
  readonly fans: Readonly<Record<'ada' | 'adaAgain' | 'ben' | 'cleo', Fan>>;
  /** Cleo's. */
  readonly now: TestKey;
}

const POLICY = { ...newEvent().policy, credentialRequired: true };

export async function aCredentialScene(): Promise<CredentialScene> {
  const gateway = await aGateway();
  await anOpenEvent(gateway, { policy: POLICY });
  const committee = await appointed(gateway);
  new KeyGeneration(gateway.network.ledger, committee, { event: EVENT }).run();
  const enrol = async (key: TestKey, sequence = 0, options: RegistrationOptions = {}) => {
    const { kind: _, event: __, ...members } = anEnrolment(committee, EVENT, key, sequence, options);
    await gateway.anybody.enrol(EVENT, members as unknown as Parameters<typeof gateway.anybody.enrol>[1]);
  };
  const person = async (name: string) => {
    const fan = aFan(holderAt(EVENT, name));
    await enrol(fan.key);
    return fan;
  };
  /** At once, by the old one's word. */
  const newPhone = async (name: string, { key: old }: Fan) => {
    const key = holderAt(EVENT, name, 'second phone');
    const subject = key.credential!;
    await enrol(key, 1, { release: aRelease({ event: EVENT, subject, key, sequence: 1 }, old) });
    return aFan(key);
  };
  const [ada, ben, cleo] = [await person('Ada'), await person('Ben'), await person('Cleo')];
  await gateway.operator.sell({ request: ada.request({ seats: ['floor:A:1'] }) });
  const adaAgain = await newPhone('Ada', ada);
  const { transfer, acceptance } = signTransfer({ ticket: TICKET }, adaAgain, ben);
  await gateway.anybody.transfer(transfer, acceptance);
  await gateway.operator.createListing(signListing({ ticket: TICKET, change: 1 }, ben));
  await newPhone('Ben', ben);
  await gateway.operator.resell(signPurchase(await gateway.operator.listing(TICKET), cleo));
  const now = holderAt(EVENT, 'Cleo', 'second phone');
  // Somebody else with her passport was first, and had one attestor's word only.
  await enrol(holderAt(EVENT, 'Cleo', 'thief'), 1);
  const of = { event: EVENT, subject: now.credential!, key: now, sequence: 1 };
  const approvals = ['VenueMSP', 'ResellerMSP'].map((msp) =>
    anApproval(of, msp, anAttestor(gateway.network.ledger, msp)),
  );
  await enrol(now, 1, { approvals });
  gateway.network.now = '2027-03-04T12:00:00Z';
  await gateway.anybody.activateEnrolment(EVENT, now.credential!, { id: 'three-days-later' });
  const [certificate, shown] = [await gateway.anybody.certificate(TICKET), await gateway.anybody.ticket(TICKET)];
  return { gateway, committee, certificate, shown, fans: { ada, adaAgain, ben, cleo }, now };
}

/** By votes that stand in transactions, as a certificate names them. */
async function appointed({ network }: TestGateway): Promise<TestCommittee> {
  const msps = CONSORTIUM.organizations.map(({ mspId }) => mspId);
  const [first = '', ...others] = msps;
  const proposal = aProposal(first, appoint(msps, 3));
  await network.submitterOf(first).submit(proposal.command);
  for (const mspId of others.slice(0, 2)) await network.submitterOf(mspId).submit(aVote(proposal));
  return { epoch: 1, threshold: 3, nodes: msps.map((_, at) => newKey(`node ${at} of epoch 1`)) };
}
