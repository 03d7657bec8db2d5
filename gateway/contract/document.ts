/** The document as this source has it. Its address is a placeholder: each gateway puts its own. */
import { OPERATIONS, API_VERSION } from '../http/operations/index.js';
import { openApiDocument } from '../http/openapi.js';

export const presentDocument = () =>
  openApiDocument(OPERATIONS, { publicUrl: 'http://localhost:8080', version: API_VERSION });
