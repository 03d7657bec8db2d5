/** Tables of the store. Each belongs to one folder of the gateway, which says what its rows mean. */
import type { AnswerTables } from '../answers/tables.js';
import type { AuthTables } from '../auth/tables.js';
import type { PaymentTables } from '../payments/tables.js';
import type { WebhookTables } from '../push/webhooks/tables.js';

import type { HoldTables } from '../holds/tables.js';
import type { LeaseTables } from '../lanes/tables.js';

export interface StoreTables extends AnswerTables, AuthTables, HoldTables, LeaseTables, PaymentTables, WebhookTables {}
