/** How to deploy the raw chaincode, under its own name or in the place of another. */
import { fileURLToPath } from 'node:url';
import type { ChaincodeDeployment } from '../../../network/network.js';

export const rawChaincode: ChaincodeDeployment = {
  name: 'raw',
  version: '1.0',
  sequence: 1,
  command: ['node', fileURLToPath(new URL('server.js', import.meta.url))],
};
