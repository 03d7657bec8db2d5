/** What the thread of the read model and the gateway's own say to each other. */
import type { Place } from '../database/database.js';
import type { Question, Reply } from '../database/questions.js';
import type { FabricProfile } from '../fabric/profile.js';
import type { Report } from '../fabric/clock.js';

/** What the thread starts with. */
export interface ThreadData {
  readonly place: Place;
  readonly profile: FabricProfile;
}

export type ToThread =
  | { readonly kind: 'question'; readonly question: Question }
  /** There is a block of that number, as the gateway has heard. */
  | { readonly kind: 'seen'; readonly number: number }
  | { readonly kind: 'close' };

export type FromThread =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'height'; readonly next: number }
  | {
      readonly kind: 'report';
      readonly level: Parameters<Report>[0];
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
    };
