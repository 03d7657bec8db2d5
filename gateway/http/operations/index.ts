/** Every operation of the interface, and the one that describes them all. */
import { z } from 'zod';
import { EXAMPLES } from '../../contract/examples.js';
import { openApiDocument } from '../openapi.js';
import { ok, operation, type Operation } from '../operation.js';
import { accountOperations } from './accounts.js';
import { allotmentOperations } from './allotments.js';
import { apiKeyOperations } from './api-keys.js';
import { attestationOperations } from './attestations.js';
import { availabilityOperations } from './availability.js';
import { changeOperations } from './changes.js';
import { commandOperations } from './commands.js';
import { doorOperations } from './door.js';
import { enrolmentOperations } from './enrolments.js';
import { eventOperations } from './events.js';
import { governanceOperations } from './governance.js';
import { handshakeOperations } from './handshakes.js';
import { healthOperations } from './health.js';
import { holdOperations } from './holds.js';
import { keyOperations } from './keys.js';
import { ledgerOperations } from './ledger.js';
import { listingOperations } from './listings.js';
import { marketDepositOperations } from './market-deposits.js';
import { marketOrderOperations } from './market-orders.js';
import { marketOperations } from './markets.js';
import { marketAdvanceOperations } from './market-advance.js';
import { organizationOperations } from './organizations.js';
import { ownHoldingOperations } from './own-holdings.js';
import { paymentOperations } from './payments.js';
import { personOperations } from './persons.js';
import { policyOperations } from './policy.js';
import { policyChangeOperations } from './policy-changes.js';
import { refundOperations } from './refunds.js';
import { resaleOperations } from './resales.js';
import { saleOperations } from './sales.js';
import { searchOperations } from './search.js';
import { searchEventOperations } from './search-events.js';
import { streamOperations } from './stream.js';
import { statementOperations } from './statements.js';
import { ticketOperations } from './tickets.js';
import { webhookOperations } from './webhooks.js';

/** Version of the interface, not of the program: it changes when the interface does. */
export const API_VERSION = '1.0.0';

const described: readonly Operation[] = [
  ...organizationOperations,
  ...governanceOperations,
  ...eventOperations,
  ...policyOperations,
  ...policyChangeOperations,
  ...allotmentOperations,
  ...holdOperations,
  ...saleOperations,
  ...paymentOperations,
  ...ticketOperations,
  ...changeOperations,
  ...listingOperations,
  ...resaleOperations,
  ...refundOperations,
  ...marketOperations,
  ...marketDepositOperations,
  ...marketOrderOperations,
  ...marketAdvanceOperations,
  ...commandOperations,
  ...doorOperations,
  ...keyOperations,
  ...personOperations,
  ...enrolmentOperations,
  ...attestationOperations,
  ...statementOperations,
  ...ledgerOperations,
  ...searchEventOperations,
  ...availabilityOperations,
  ...searchOperations,
  ...accountOperations,
  ...apiKeyOperations,
  ...handshakeOperations,
  ...ownHoldingOperations,
  ...streamOperations,
  ...webhookOperations,
  ...healthOperations,
];

const document = operation({
  id: 'getOpenApi',
  method: 'GET',
  path: '/v1/openapi.json',
  tag: 'health',
  asOf: 'never',
  summary: 'This document',
  tagged: 'body',
  responses: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) } },
  handle: (_, { place }) => {
    const options = { publicUrl: place.publicUrl, version: API_VERSION, examples: EXAMPLES };
    const body = openApiDocument(OPERATIONS, options);
    return Promise.resolve(ok({ openapi: '3.1.0', ...body }));
  },
});

export const OPERATIONS: readonly Operation[] = [...described, document];
