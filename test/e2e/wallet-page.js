/** A wallet in a browser, as its page's script would use the libraries. Plain JavaScript: the tests are compiled without the browser's types. */
import { httpNode } from '/dist/committee/client/index.js';
import { nobleSuite, randomScalar } from '/dist/committee/crypto/browser.js';
import * as committee from '/dist/committee/wallet/index.js';
import { GuichetClient } from '/dist/gateway/client/guichet-client.js';
import { WalletLedger } from '/dist/gateway/client/wallet-ledger.js';

const CHANNEL = 'guichet';
let client;
let services;

/** Opens what the browser has stored, with nothing else kept from before. */
export async function open({ gateway, nodes }) {
  client = new GuichetClient({ baseUrl: gateway });
  const pinned = await client.committee();
  const store = await committee.StateStore.open({
    ...(await committee.openBrowserStorage(indexedDB)),
    channel: CHANNEL,
  });
  services = {
    ...{ store, suite: nobleSuite, channel: CHANNEL, random: randomScalar, now: Date.now },
    pinned: [pinned],
    nodes: nodes.map(httpNode),
    ledger: new WalletLedger({ client }),
  };
}

export const masterRequest = (visit) => committee.prepareHandles(visit, services);
export const accept = (statements) => committee.acceptHandles(statements, services);
export const enrol = () => committee.enrol(services);
export const eventRequest = (desk) => committee.eventHandlesRequest(desk, services);

/** @returns the credential and a purchase signed with it */
export async function buy(purchase) {
  await committee.credentialFor(purchase.event, services);
  const wallet = await committee.walletFor(purchase.event, services);
  const { jws } = await wallet.signPurchase(purchase);
  return { holder: wallet.holder, request: jws };
}

/** Has a pseudonym made for an event. */
export const goTo = async (event) => {
  await committee.credentialFor(event, services);
};

/** A bid sealed for one organization to the market's key, which is believed because the nodes have signed it; and the deposit for it. */
export async function bidIn({ market, mspId, bid, deposit }) {
  const wallet = await committee.marketWalletFor(await client.market(market), services);
  const { credential } = wallet;
  const order = await wallet.seal({ mspId, order: (await wallet.bid(bid)).jws });
  return { credential, marketKey: wallet.key.marketKey, order, deposit: (await wallet.deposit(deposit)).jws };
}

export const holderAt = async (event) => (await committee.walletFor(event, services)).holder;
