/** What other programs may use: tests and benches bring networks up in-process. */
export { deployChaincode, type ChaincodeDeployment } from './chaincode.js';
export { resetNetwork, stopNetwork, type StopOptions } from './down.js';
export type { EndorsementPolicy } from './endorsement-policy.js';
export { joinOrganization } from './join.js';
export { NetworkError, type NetworkErrorCode } from './errors.js';
export { planFrom, type NetworkOptions } from './options.js';
export type { NetworkPlan, OrdererPlan, OrganizationPlan, PeerPlan } from './plan.js';
export { ProcessTable } from './processes.js';
export {
  guichet,
  noApplication,
  type Application,
  type Readiness,
  type Service,
  type SetupCommand,
} from './services.js';
export { networkStatus, type NetworkStatus } from './status.js';
export { loadOrganization, parseOrganization } from './organization-file.js';
export { loadTopology, parseTopology } from './topology-file.js';
export type { Topology } from './topology.js';
export { startNetwork } from './up.js';
export { upgradeChaincode, type UpgradeOptions } from './upgrade.js';
