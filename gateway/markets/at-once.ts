/** How many steps of a kind a gateway has under way at once. A page to be read takes the gateway's own time too; releases are small. */
import type { Step } from './step.js';

const AT_ONCE: Readonly<Partial<Record<Step['kind'], number>>> = { read: 2, settle: 16, release: 200 };
const OTHERS_AT_ONCE = 8;

export const mostAtOnce = (kind: Step['kind']): number => AT_ONCE[kind] ?? OTHERS_AT_ONCE;
