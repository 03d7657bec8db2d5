/** The two things that the committee vouches for: a person, once, and that person's credential at one event. What differs between them, and nothing else. */
import type { Point } from '../../chaincode/crypto/point.js';
import type { NodeClient } from '../client/node-client.js';
import { credentialIdOf, personIdOf } from '../crypto/credential.js';
import { DEDUP, type Evaluated, type MessageName, type NodeRequest } from '../messages/index.js';
import type { LedgerCommand, WalletServices } from './services.js';
import type { BindingState, BlindedState, WalletState } from './state.js';

export type Shown = Omit<NodeRequest<'signPerson'>, 'handle'>;

export interface SignedBy {
  /** For the ledger. */
  readonly statement: string;
  /** A receipt or a gate pass. */
  readonly extra: string | undefined;
}

export type CommandMembers = Omit<Extract<LedgerCommand, { kind: 'person.register' }>, 'kind' | 'person'>;

export interface Subject {
  /** undefined for the person */
  readonly event: string | undefined;
  /** Of the key. */
  readonly owner: string;
  readonly statement: Extract<MessageName, 'person' | 'enrolment'>;
  readonly extra: Extract<MessageName, 'receipt' | 'gate-pass'>;
  idOf(suite: WalletServices['suite'], unblinded: Point): string;
  evaluate(node: NodeClient, asked: NodeRequest<'evaluatePerson'>, signal: AbortSignal): Promise<Evaluated>;
  sign(node: NodeClient, handle: string, shown: Shown, signal: AbortSignal): Promise<SignedBy>;
  /** What its statement says besides key and sequence. */
  stated(id: string, epoch: number): Readonly<Record<string, string | number>>;
  attested(id: string, handle: BlindedState): Readonly<Record<string, string>>;
  command(id: string, members: CommandMembers): LedgerCommand;
  bindingIn(state: WalletState): BindingState;
  withBinding(state: WalletState, binding: BindingState): WalletState;
}

export const thePerson: Subject = {
  event: undefined,
  owner: DEDUP,
  statement: 'person',
  extra: 'receipt',
  idOf: personIdOf,
  evaluate: (node, asked, signal) => node.ask('evaluatePerson', asked, signal),
  async sign(node, handle, shown, signal) {
    const { statement, receipt } = await node.ask('signPerson', { handle, ...shown }, signal);
    return { statement, extra: receipt };
  },
  stated: (person, epoch) => ({ person, epoch }),
  attested: (_, { blinded, blindingKey }) => ({ blinded, blindingKey }),
  command: (person, members) => ({ kind: 'person.register', person, ...members }),
  bindingIn: ({ person }) => person,
  withBinding: (state, person) => ({ ...state, person }),
};

export const theCredentialFor = (event: string): Subject => ({
  event,
  owner: event,
  statement: 'enrolment',
  extra: 'gate-pass',
  idOf: (suite, unblinded) => credentialIdOf(suite, event, unblinded),
  evaluate: (node, asked, signal) => node.ask('evaluateCredential', { event, ...asked }, signal),
  async sign(node, handle, shown, signal) {
    const { statement, gatePass } = await node.ask('signCredential', { event, handle, ...shown }, signal);
    return { statement, extra: gatePass };
  },
  stated: (credential) => ({ event, credential }),
  attested: (credential, { commitment }) => ({ event, credential, commitment }),
  command: (_, members) => ({ kind: 'credential.enrol', event, ...members }),
  bindingIn({ credentials }) {
    const { subject, current, next } = credentials[event] ?? {};
    return { ...(subject !== undefined && { subject }), ...(current && { current }), ...(next && { next }) };
  },
  withBinding(state, binding) {
    // What is bound is the binding's to say; what the door is shown stays.
    const { subject: _, current: __, next: ___, ...shown } = state.credentials[event] ?? { gatePasses: [] };
    const credential = { ...shown, ...binding };
    return { ...state, credentials: { ...state.credentials, [event]: credential } };
  },
});
