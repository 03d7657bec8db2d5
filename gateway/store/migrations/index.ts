/** All migrations of the store. */
import type { Migrations } from '../../database/open-migrated.js';
import * as holds from './0010-holds.js';
import * as laneLeases from './0011-lane-leases.js';
import * as webhooks from './0020-webhooks.js';
import * as webhookRotations from './0021-webhook-rotations.js';
import * as credentials from './0030-credentials.js';
import * as payments from './0040-payments.js';
import * as keptAnswers from './0041-kept-answers.js';
import * as shelvesOfAnswers from './0042-shelves-of-answers.js';
import * as salesUnderWay from './0043-sales-under-way.js';

export const MIGRATIONS: Migrations = {
  remembered: 'store_migration',
  all: {
    '0010-holds': holds,
    '0011-lane-leases': laneLeases,
    '0020-webhooks': webhooks,
    '0021-webhook-rotations': webhookRotations,
    '0030-credentials': credentials,
    '0040-payments': payments,
    '0041-kept-answers': keptAnswers,
    '0042-shelves-of-answers': shelvesOfAnswers,
    '0043-sales-under-way': salesUnderWay,
  },
};
