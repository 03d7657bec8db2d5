/** Key generation as a node runs it. What the ledger holds and judges of it is in chaincode/crypto/generation. */
export { dutiesOf, owed, type Advance, type Outgoing } from './duties.js';
export { begin, step, type Beginning, type Input, type Step } from './node.js';
export type { DealingSecret, NodeState, Role } from './state.js';
