/** Steps of a sealed market that anybody may take, as its driver speaks of them. Each is a command without an id: it is remembered by what it is. */
import { marketIdOf } from '../../chaincode/domain/ids.js';
import { stepKey } from '../../chaincode/domain/market/step.js';

/** Which market. */
export interface MarketOf {
  readonly event: string;
  /** Its number among the event's. */
  readonly market: number;
}

/** Taken once in a market. */
export type SingleStep = 'close' | 'root' | 'unseal' | 'finish' | 'abort';
/** Taken once for each page. */
export type PagedStep = 'freeze' | 'supply' | 'read' | 'settle';

export type Step =
  | { readonly kind: SingleStep }
  | { readonly kind: PagedStep; readonly page: number }
  /** In as many parts as its trades need, one after the other. */
  | { readonly kind: 'clear'; readonly part: number }
  | { readonly kind: 'release'; readonly credential: string };

/** What tells it from others of its kind. */
const whichOf = (step: Step): readonly (string | number)[] => {
  if ('page' in step) return [step.page];
  if ('part' in step) return [step.part];
  return 'credential' in step ? [step.credential] : [];
};

export const stepId = (step: Step): string => [step.kind, ...whichOf(step)].join('.');

/** For logs: of a release the kind alone, for whose deposit it is nobody needs to read there. */
export const nameOf = (step: Step): string => (step.kind === 'release' ? step.kind : stepId(step));

/** Where the ledger remembers that it was taken. */
export const memoryOf = (of: MarketOf, step: Step) => stepKey({ ...of, kind: `market.${step.kind}` }, whichOf(step));

export const idOf = ({ event, market }: MarketOf): string => marketIdOf(event, market);
