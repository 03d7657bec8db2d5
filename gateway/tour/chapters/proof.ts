/** The end: anybody verifies the ticket without us, and its whole history is there to read. */
import type { Certificate } from '../../certificate/certificate.js';
import { holds, verifyCertificate } from '../../certificate/verify.js';
import type { Stage } from '../cast.js';

/** @param ticket with a history to tell. @param resold one that went through a reseller */
export async function tellProof(stage: Stage, ticket: string, resold: string): Promise<void> {
  const { narrator, venue } = stage;
  narrator.chapter(
    'The proof',
    'The certificate holds every signed statement that made the ticket, each with its transaction and block. It is verified here without any network, by the code that endorsed it.',
  );
  const certificate = await venue.client.certificate(ticket);
  const steps = verifyCertificate(certificate);
  for (const { name, says } of steps) narrator.fact(name, says);
  narrator.holds('Every step holds', holds(steps));
  tellForgery(stage, certificate);
  const handed = verifyCertificate(await venue.client.certificate(resold));
  narrator.holds(
    'The certificate of A 13 follows offer and purchase of both its resales, from Ada to Cleo',
    holds(handed),
  );
  await tellHistory(stage, ticket);
}

function tellForgery({ narrator }: Stage, certificate: Certificate): void {
  const { event } = certificate.evidence;
  const [header = '', payload = '', signature = ''] = event.statement.split('.');
  const renamed = Buffer.from(payload, 'base64url').toString('utf8').replace('The Tempest', 'The Temple!');
  const statement = `${header}.${Buffer.from(renamed).toString('base64url')}.${signature}`;
  const forged = { ...certificate, evidence: { ...certificate.evidence, event: { ...event, statement } } };
  const failed = verifyCertificate(forged).find((step) => !step.holds);
  narrator.holds(
    `With another name in it, the step “${failed?.name ?? ''}” fails: ${failed?.code ?? ''}`,
    failed?.code === 'SIGNATURE_INVALID',
  );
}

async function tellHistory({ narrator, organizer }: Stage, ticket: string): Promise<void> {
  const { versions } = await organizer.client.history(ticket);
  narrator.chapter('The history', `Everything that ever happened to ${ticket}.`);
  for (const { issue, change, state, commands, block, timestamp, holder } of versions) {
    narrator.fact(
      `issue ${issue} change ${change}`,
      `${state.padEnd(9)} ${commands.join(', ').padEnd(16)} block ${String(block).padEnd(6)} ${timestamp.slice(0, 19)}Z  ${holder.slice(0, 10)}…`,
    );
  }
}
