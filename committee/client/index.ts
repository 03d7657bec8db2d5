/** What wallets and gates have in common: asking nodes, and whom to believe. For browsers and Node. */
export { askNodes, Lie, type Asked } from './ask-nodes.js';
export { evaluateBlinded, type Evaluating } from './evaluate-blinded.js';
export { CLIENT_CODES, ClientError, type ClientCode } from './client-error.js';
export { httpNode, type Fetch, type NodeClient } from './node-client.js';
export { allClosings, askClosings, type ClosingCommittee, type MarketOf } from './ask-closings.js';
export { NodeRefusal, type FailureReason, type NodeFailure } from './node-failure.js';
export { seatedAt, type SeatedNode } from './seated-node.js';
export { committeeOf, seatOfKey, type CommitteeMember, type PinnedCommittee } from './pinned.js';
export { trustKey, type PublishedKey, type Trust, type TrustedKey } from './trusted-key.js';
export { hasSigned } from './verify-message.js';
