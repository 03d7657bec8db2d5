/** Push for test gateways: over blocks in memory, with webhooks where there is a store. */
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { EventLog } from '../../../../gateway/push/event-log.js';
import { EventStreams, type EventStreamsOptions } from '../../../../gateway/push/event-streams.js';
import type { WebhookDesk } from '../../../../gateway/push/webhooks/webhook-desk.js';
import type { Services } from '../../../../gateway/http/services.js';
import { EventChain } from '../../../support/event-chain.js';

export interface TestPushOptions extends Partial<Omit<EventStreamsOptions, 'log'>> {
  readonly chain?: EventChain;
  readonly webhooks?: WebhookDesk;
}

/** Of nothing, unless told otherwise; whoever asks for webhooks gives a desk. */
export function aPush({ chain = new EventChain(), webhooks, ...bounds }: TestPushOptions = {}): Services['push'] {
  const log = new EventLog({ blocks: chain.blocks, clock: systemClock, random: Math.random, report: () => undefined });
  const streams = new EventStreams({ clock: systemClock, ...bounds, log });
  return { log, streams, webhooks: webhooks! };
}
