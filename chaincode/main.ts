/** Starts Guichet's chaincode as a service. */
import { contracts } from './index.js';
import { serveChaincode } from './server.js';

await serveChaincode(contracts);
