/** What wallets, attestors, nodes and gates say to each other. One definition, read by both sides; no `node:` module, so that a browser can. */
export {
  approvalRequestSchema,
  eventHandlesRequestSchema,
  masterHandleRequestSchema,
  MAX_EVENT_HANDLES,
  openingSchema,
  type ApprovalRequest,
  type EventHandlesRequest,
  type MasterHandleRequest,
  type Opening,
} from './attestation.js';
export { decodeMessage, MAX_MESSAGE_CHARS, thumbprintOfKey, type Message } from './decode.js';
export {
  answerSchemas,
  askingSchema,
  evaluationSchema,
  nodeSchema,
  paths,
  requestSchemas,
  unblindingSchema,
  type Evaluated,
  type NodeAnswer,
  type NodeOperation,
  type NodeRequest,
} from './requests.js';
export { compactJws, DEDUP, digest, dleq, EXPIRY_STEP_S, point, publicKey, salt, sequence } from './shapes.js';
export { carriesKey, messageSchemas, messageTypOf, type MessageName, type MessagePayload } from './statements.js';
