/** Tables of the store. Each belongs to one folder of the gateway, which says what its rows mean. */
import type { AuthTables } from '../auth/tables.js';
import type { PaymentTables } from '../payments/tables.js';
import type { WebhookTables } from '../push/webhooks/tables.js';

export interface StoreTables extends AuthTables, PaymentTables, WebhookTables {}
