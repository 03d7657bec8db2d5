/** The ports whose work belongs to one event, each carried out where that event is written. */
import { prepareCommand } from '../../chaincode/domain/batch.js';
import type { Committed, Submitter } from '../fabric/ledger.js';
import type { HoldOrder } from '../holds/hold-answers.js';
import type { HoldDesk } from '../holds/hold-desk.js';
import { readRequest } from '../sales/read-request.js';
import type { SaleDesk, SaleOrder } from '../sales/sale-desk.js';
import type { SharedLanes } from './shared-lanes.js';
import type { Methods } from './peer-door.js';

export interface LocalDesks {
  readonly submitter: Submitter;
  readonly saleDesk: Pick<SaleDesk, 'sell'>;
  readonly holdDesk: HoldDesk;
}

/** What concerns no event is rare, and goes to the ledger from here. */
export function sharedSubmitter(lanes: SharedLanes, here: Submitter, mspId: string): Submitter {
  return {
    async submit(command) {
      const { event } = prepareCommand(command, mspId);
      if (event === undefined) return here.submit(command);
      return lanes.carryOut<Committed>(event, 'submit', { ...command }, () => here.submit(command));
    },
  };
}

/** The owner looks for seats, too: it alone knows which are on their way. */
export function sharedSales(lanes: SharedLanes, here: Pick<SaleDesk, 'sell'>): Pick<SaleDesk, 'sell'> {
  return {
    sell(order) {
      const { event } = readRequest(order.request).payload;
      return lanes.carryOut(event, 'sell', { ...order }, () => here.sell(order));
    },
  };
}

export function sharedHolds(lanes: SharedLanes, here: HoldDesk): Pick<HoldDesk, 'make'> {
  return { make: (order) => lanes.carryOut(order.event, 'hold', { ...order }, () => here.make(order)) };
}

/** What other gateways ask for. They have checked it as it was asked; the ledger checks it again. */
export const methodsOf = ({ submitter, saleDesk, holdDesk }: LocalDesks): Methods => ({
  submit: (command) => submitter.submit(command),
  sell: (order) => saleDesk.sell(order as unknown as SaleOrder),
  hold: (order) => holdDesk.make(order as unknown as HoldOrder),
});
