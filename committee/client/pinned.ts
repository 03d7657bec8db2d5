/**
 * The nodes' own keys as whoever asks them has been given them, with the program or by hand: never by a gateway in passing, or that gateway could name
 * nodes of its own (COMMITTEE protocol, "Key generation").
 */
import type { z } from 'zod';
import { thumbprintOfKey, type publicKey } from '../messages/index.js';
import { ClientError } from './client-error.js';

export interface CommitteeMember {
  readonly mspId: string;
  readonly node: string;
  readonly jwk: Readonly<z.infer<typeof publicKey>>;
}

/** As `committee.appoint` has fixed it: a node's index is its place, from 1. */
export interface PinnedCommittee {
  readonly epoch: number;
  readonly threshold: number;
  readonly members: readonly CommitteeMember[];
}

/** @throws {ClientError} COMMITTEE_NOT_PINNED */
export function committeeOf(pinned: readonly PinnedCommittee[], epoch: number): PinnedCommittee {
  const committee = pinned.find((each) => each.epoch === epoch);
  if (!committee) throw new ClientError('COMMITTEE_NOT_PINNED', { field: 'epoch' });
  return committee;
}

export interface Seat {
  readonly index: number;
  readonly member: CommitteeMember;
}

export const seatsOf = ({ members }: PinnedCommittee): Seat[] =>
  members.map((member, at) => ({ index: at + 1, member }));

/** Who signs with the key of this thumbprint. */
export const seatOfKey = (committee: PinnedCommittee, kid: string): Seat | undefined =>
  seatsOf(committee).find(({ member }) => thumbprintOfKey(member.jwk) === kid);
