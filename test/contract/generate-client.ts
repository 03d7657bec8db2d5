/** The typed client's types, generated from the document: `gateway/client/generated.ts`. A unit test says when they are stale. */
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { presentDocument } from '../../gateway/contract/document.js';

const HEADER = `/** Generated from the OpenAPI document by \`npm run api -- client\`: change the operations, not this file. */\n`;

export async function generateClient(): Promise<string> {
  // Generating fills in defaults: a copy, so that nobody else sees them.
  const document = structuredClone(presentDocument()) as unknown as OpenAPI3;
  return `${HEADER}${astToString(await openapiTS(document, { alphabetize: true }))}`;
}
