/** Starts Guichet's chaincode as a service. CHAINCODE_FOUNDING holds the founding that this organization agrees to. */
import { serveChaincode } from './server.js';

await serveChaincode(async () => {
  const { agreeToFounding, contracts } = await import('./index.js');
  const { CHAINCODE_FOUNDING } = process.env;
  if (CHAINCODE_FOUNDING) agreeToFounding(CHAINCODE_FOUNDING);
  return contracts;
});
