/** Generated from the OpenAPI document by `npm run api -- client`: change the operations, not this file. */
export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["healthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger, the signer and the gateway's store can be reached, and the gateway stays */
        get: operations["healthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Admit, let out, let in again or take that back: a scan signed by a gate device, on the gateway of its venue */
        post: operations["createAdmission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys in the order of their ids, also what has expired or was revoked in the last 30 days */
        get: operations["listApiKeys"];
        put?: never;
        /** Make an API key; its secret is shown here and never again */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{apiKey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One API key */
        get: operations["getApiKey"];
        put?: never;
        post?: never;
        /** Revoke an API key for good; the other gateways of the organization know it within seconds */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{apiKey}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an API key a new secret; those of before hold for a while, so that clients can change over */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/attestations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign a wallet's blinded handles, or approve a key's replacement, for the person whose document is at hand; nothing of it is kept */
        post: operations["createAttestation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Blocks, the latest first */
        get: operations["listBlocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/blocks/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One block */
        get: operations["getBlock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/commands/{command}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has become of a command that was answered with 202; after a crash the ledger still knows it */
        get: operations["getCommand"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/committee": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The committee of the present epoch, or of another one: an event’s key stays with the committee that made it */
        get: operations["getCommittee"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events, in the order of their ids */
        get: operations["listEvents"];
        put?: never;
        /** Create an event; the signer makes its key and signs, unless a statement is given that was signed elsewhere */
        post: operations["createEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event with its policy, its schedule and its gates */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record on the ledger what the schedule says now */
        post: operations["advanceEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/allotments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event's allotments, in the order of their ids */
        get: operations["listAllotments"];
        put?: never;
        /** Sign one allotment, or up to 100 at once with an outcome for each */
        post: operations["createAllotments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/allotments/{allotment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One allotment */
        get: operations["getAllotment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/allotments/{allotment}/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which places of an allotment are free now */
        get: operations["getAvailability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/allotments/{allotment}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The seller is done with an allotment */
        post: operations["closeAllotment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which places of an event are free, by class and allotment */
        get: operations["getEventAvailability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel or postpone an event, signed with its key */
        post: operations["changeEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event's gate devices, in the order of their ids */
        get: operations["listDevices"];
        put?: never;
        /** Register a gate device for an event, by the event's venue */
        post: operations["registerDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/devices/{device}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a gate device */
        delete: operations["revokeDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/devices/handshakes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show a gate device a code, once and for five minutes, by which it brings its own key */
        post: operations["beginHandshake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/door-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tickets that may be shown at the door and whose they are, for a gate device to take along; a page may be short and still have a next one */
        get: operations["listDoor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/enrolments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enrol a credential for an event, or replace its key; t nodes have signed whose key it is */
        post: operations["enrolCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/enrolments/{credential}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose key speaks for a credential */
        get: operations["getEnrolment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/enrolments/{credential}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that a replacement's time has come; anybody may */
        post: operations["activateEnrolment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/holders/{holder}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many tickets of an event a holder has, bought and resold, and what the ledger owes him there */
        get: operations["getHolder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/listings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be bought second hand now; a page may be short and still have a next one */
        get: operations["listListings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/markets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event's sealed markets, the first one first */
        get: operations["listMarkets"];
        put?: never;
        /** Open a sealed market, signed with the event's key; the committee then makes the market's own */
        post: operations["openMarket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event's rules in plain English or French, and what a resale at a given price pays to whom */
        get: operations["explainPolicy"];
        put?: never;
        /** Change an event's rules, signed with its key; once sales have opened only in the buyers' favour */
        post: operations["changePolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/sales/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop an event's sales before their time */
        post: operations["closeSales"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/sales/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a closing of sales back */
        post: operations["reopenSales"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/search/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each account has gained at an event, by all money entries */
        get: operations["searchAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/search/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version of an event's tickets, in the order of the ledger */
        get: operations["searchHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/search/holders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each holder has, has bought and is owed at an event */
        get: operations["searchHolders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/search/listings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event's listings as recorded, in the order of their places */
        get: operations["searchListings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/search/markets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event's sealed markets and how far they are */
        get: operations["searchMarkets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/search/resales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event's resales, in the order of their places */
        get: operations["searchResales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event}/search/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event's tickets, in the order of their places */
        get: operations["searchTickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/expiries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have it recorded that a listing's time is over; the ticket is its holder's alone again */
        post: operations["createExpiry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/handshakes/{handshake}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register the key of a gate device that was shown the code; the first key that shows it is the one */
        post: operations["answerHandshake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holders/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the holder who signs has, has bought and is owed at each event */
        get: operations["getOwnAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holders/me/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tickets of the holder who signs, at all events */
        get: operations["getOwnTickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep seats for a cart: those that are named, or so many of a class, side by side where possible */
        post: operations["createHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{hold}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A hold of the caller */
        get: operations["getHold"];
        put?: never;
        post?: never;
        /** Give its seats back */
        delete: operations["releaseHold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds/{hold}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep its seats longer */
        post: operations["extendHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of a document makes a person's identity: wallets and gates work it out as attestors do */
        get: operations["getIdentityPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/key-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A node's message in a key generation, signed with its registered key */
        post: operations["postKeyMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the committee make an event's key, a market's, or the dedup key, for the first time or for a newer committee */
        post: operations["generateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A key of the committee, with the statements of the nodes that hold it */
        get: operations["getKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{key}/generations/{generation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a key generation is, and for whom it waits */
        get: operations["getKeyGeneration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{key}/generations/{generation}/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that a round is over, or what has become of the key; anybody may */
        post: operations["advanceKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/listings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a holder's offer on; this gateway's organization executes the resale */
        post: operations["createListing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/markets/{market}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A sealed market: its terms, its key, how far it is */
        get: operations["getMarket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/markets/{market}/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the steps that are due; gateways do it by themselves */
        post: operations["advanceMarket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/markets/{market}/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that this gateway's organization has captured a buyer's deposit, within what it guarantees */
        post: operations["createDeposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/markets/{market}/deposits/{credential}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person's deposit in a sealed market */
        get: operations["getDeposit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/markets/{market}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a sealed order into a slot of this gateway's organization; what is in it nobody can say yet */
        post: operations["createOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/markets/{market}/orders/{mspId}/{slot}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A sealed order, and once the market is cleared what became of it */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/markets/{market}/orders/{mspId}/{slot}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was in a slot when the market was frozen, or that nothing was, with the paths to its root */
        get: operations["getOrderProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/markets/{market}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A cleared market's trades, by pages of up to 32 */
        get: operations["listResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/markets/{market}/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a deposit back before the close, signed by who made it, whichever organization has the money */
        post: operations["createDepositWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/network": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The channel and the nodes that keep it */
        get: operations["getNetwork"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organizations of the consortium */
        get: operations["listOrganizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{mspId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One organization with the keys it registered */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{mspId}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register a key of this gateway's own organization */
        post: operations["registerKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{mspId}/keys/{kid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key of this gateway's own organization */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{mspId}/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an organization says for all its events that do not say otherwise */
        get: operations["getOrganizationPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payments by their names, and who moves the money */
        get: operations["listPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{payment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of a payment, by the `paymentReference` that the buyer signed */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{payment}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pay a holder what the ledger owes him by giving it back to where he paid from: the payout is recorded, then the money goes */
        post: operations["refundPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that this gateway's organization paid a holder what the ledger owes him at an event */
        post: operations["createPayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register a person, or replace its master key; t nodes have signed whose key it is */
        post: operations["registerPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose key speaks for a person, for whoever knows the pseudonym */
        get: operations["getPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/persons/{person}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that a replacement's time has come; anybody may */
        post: operations["activatePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What this gateway's organization says for events that are created from now on */
        post: operations["setPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proposals, in the order of their ids */
        get: operations["listProposals"];
        put?: never;
        /** Propose in the name of this gateway's organization, whose vote is yes */
        post: operations["createProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{mspId}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One proposal with the votes so far */
        get: operations["getProposal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{mspId}/{id}/expire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that the time of a proposal is over, so that no vote held back can decide it any more */
        post: operations["expireProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{mspId}/{id}/votes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Vote in the name of this gateway's organization; the vote that makes a majority carries the action out */
        post: operations["createVote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a ticket of a postponed event back and have its price returned, signed by the holder */
        post: operations["createRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sell a listed ticket to whoever signed for its price: ticket and money change hands in one step */
        post: operations["createResale"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/returns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a ticket back that its holder returns to this seller; the seat may be sold again */
        post: operations["createReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sell what a purchase request asks for; the seller's signer signs the sale unless it comes with one */
        post: operations["createSale"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find events, the earliest first */
        get: operations["searchEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the read model is */
        get: operations["getReadModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settlements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have whatever is due for a ticket credited to those it is due to */
        post: operations["createSettlement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An organization's lines of a currency and a period, in the order of the ledger */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens on the ledger: as a stream (`Accept: text/event-stream`), or what is there already by the page */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticket}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A ticket as it is now; its issue and change are what a statement about it must name */
        get: operations["getTicket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticket}/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything needed to verify a ticket without this software; verified before it is served */
        get: operations["getTicketCertificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticket}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that happened to a place, the oldest first */
        get: operations["getTicketHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticket}/listing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A ticket's last listing and what has become of it */
        get: operations["getListing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tickets/{ticket}/settlement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is due for a ticket now and to whom, or from when */
        get: operations["getSettlement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/{tx}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One transaction with its commands, which carry the signed statements, and what was answered to each */
        get: operations["getTransaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a ticket to another holder: signed by the one, accepted by the other */
        post: operations["createTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vetoes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a replacement that waits, of a person's key or a credential's, signed by the old key */
        post: operations["createVeto"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/voids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a ticket out of use, signed with the event's key */
        post: operations["createVoid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All webhooks */
        get: operations["listWebhooks"];
        put?: never;
        /** Have what happens posted to an address */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A webhook and how far it is */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Remove it with its log */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        /** Change what it is told and where; pause it, or have it go on at once */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{webhook}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its last thousand attempts, the newest first */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with this block: what was delivered since comes again, under the ids that it had */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhook}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret; messages are signed with the one before too, for a while */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an offer back, signed by the seller */
        post: operations["createWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Admission: {
            /** @enum {string} */
            action: "admit" | "exit" | "reenter" | "undo";
            block?: number;
            change: number;
            device: string;
            number: number;
            /** @enum {string} */
            state: "sold" | "listed" | "admitted" | "exited" | "returned" | "refunded" | "void";
            ticket: string;
            tx: string;
        };
        Allotment: {
            allotment: string;
            facePriceMinor: number;
            fees: {
                amountMinor: number;
                kind: string;
                payee: string;
            }[];
            /** @description which sealed market draws its places, and as what it comes back */
            readonly market?: [
                number,
                "open" | "closed"
            ];
            places: number;
            pool?: {
                from: number;
                section: string;
                to: number;
            };
            priceClass: string;
            seats?: {
                rows: [
                    string,
                    number,
                    number
                ][];
                section: string;
            };
            seller: string;
            /** @enum {string} */
            state: "open" | "closed" | "market";
            /** @description digest of the allotment statement */
            statement: string;
        };
        AllotmentAvailability: {
            allotment: string;
            free: number;
            /** @description not free because somebody has them in a cart, as far as this gateway knows: of its own organization’s allotments */
            held: number;
            places: number;
            pool?: {
                from: number;
                section: string;
                to: number;
            };
            priceClass: string;
            seats?: {
                rows: [
                    string,
                    number,
                    number
                ][];
                section: string;
            };
            seller: string;
            /** @enum {string} */
            state: "open" | "closed" | "market";
            /** @description base64url: one bit for each place, 1 where it is not free; rows as `seats` lists them, each from its first number to its last; place n is bit n mod 8, the lowest first, of byte n div 8 */
            taken?: string;
            /** @description face price and fees */
            totalMinor: number;
        };
        ApiKey: {
            apiKey: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /**
             * Format: date-time
             * @description by the hour
             */
            lastUsedAt?: string;
            name: string;
            /** Format: date-time */
            revokedAt?: string;
            scopes: ("events" | "sales" | "listings" | "markets" | "keys" | "governance" | "statements" | "attestations" | "door" | "holders" | "webhooks" | "payments" | "metrics" | "admin")[];
            /** @description that hold, the newest first; older ones have an end */
            secrets: {
                /** Format: date-time */
                until?: string;
            }[];
        };
        Attestation: {
            /** @description show a handle to no node of this organization */
            attestor: string;
            /** @description the handles (guichet-handle+jwt) in the order of the request, or one guichet-key-approval+jwt */
            statements: string[];
        };
        Block: {
            dataHash: string;
            hash: string;
            number: number;
            previousHash: string;
            transactions: components["schemas"]["TransactionSummary"][];
        };
        Certificate: {
            channel: string;
            /** @description whose key speaks for each holder, where holders are pseudonyms of people; absent where they are keys */
            credentials?: {
                committee: {
                    /** @description the transaction that appointed it; absent where the peer's history does not reach back to it */
                    appointed?: {
                        block: number;
                        /** Format: date-time */
                        timestamp: string;
                        tx: string;
                    };
                    epoch: number;
                    /** @description as appointed; a node's index is its place, from 1 */
                    members: {
                        jwk: {
                            /** @constant */
                            crv: "P-256";
                            /** @constant */
                            kty: "EC";
                            x: string;
                            y: string;
                        };
                        mspId: string;
                        node: string;
                    }[];
                    threshold: number;
                };
                /** @description by credential the keys that it has had, each credential’s first to last */
                enrolments: {
                    /** @description where a replacement without a release counts from, which has waited */
                    activated?: {
                        block: number;
                        /** Format: date-time */
                        timestamp: string;
                        tx: string;
                    };
                    block: number;
                    /** @description by the key before it, of a replacement that counted at once */
                    release?: string;
                    /** @description guichet-enrolment+jwt of t nodes: credential, key and sequence */
                    statements: string[];
                    /** Format: date-time */
                    timestamp: string;
                    tx: string;
                }[];
                /** @description of the event's key */
                generation: number;
                /** @description guichet-key-message+jwt of nodes that hold a share of it */
                ready: string[];
            };
            event: string;
            evidence: {
                allotment: {
                    block: number;
                    /** @description JWS compact serialization */
                    statement: string;
                    /** Format: date-time */
                    timestamp: string;
                    tx: string;
                };
                event: {
                    block: number;
                    /** @description JWS compact serialization */
                    statement: string;
                    /** Format: date-time */
                    timestamp: string;
                    tx: string;
                };
                /** @description how it went from the buyer to its holder, the oldest first */
                hands: ({
                    /** @description JWS compact serialization */
                    acceptance: string;
                    block: number;
                    /** @constant */
                    kind: "transfer";
                    /** Format: date-time */
                    timestamp: string;
                    /** @description JWS compact serialization */
                    transfer: string;
                    tx: string;
                } | {
                    block: number;
                    /** @constant */
                    kind: "resale";
                    /** @description where the listing stands; absent in certificates of version 2 */
                    listed?: {
                        block: number;
                        /** Format: date-time */
                        timestamp: string;
                        tx: string;
                    };
                    /** @description JWS compact serialization */
                    listing: string;
                    /** @description JWS compact serialization */
                    purchase: string;
                    /** Format: date-time */
                    timestamp: string;
                    tx: string;
                })[];
                sale: {
                    block: number;
                    /** @description JWS compact serialization */
                    request: string;
                    /** @description JWS compact serialization */
                    sale: string;
                    /** Format: date-time */
                    timestamp: string;
                    tx: string;
                };
            };
            keys: {
                organizer: {
                    jwk: {
                        /** @constant */
                        crv: "P-256";
                        /** @constant */
                        kty: "EC";
                        x: string;
                        y: string;
                    };
                    kid: string;
                    /** Format: date-time */
                    notAfter: string;
                    /** Format: date-time */
                    notBefore: string;
                    organization: string;
                    /** @description the transaction that registered it; absent where the peer's history does not reach back to it */
                    registered?: {
                        block: number;
                        /** Format: date-time */
                        timestamp: string;
                        tx: string;
                    };
                    revoked: boolean;
                    /** @enum {string} */
                    use: "event" | "seller" | "attestor";
                };
                seller: {
                    jwk: {
                        /** @constant */
                        crv: "P-256";
                        /** @constant */
                        kty: "EC";
                        x: string;
                        y: string;
                    };
                    kid: string;
                    /** Format: date-time */
                    notAfter: string;
                    /** Format: date-time */
                    notBefore: string;
                    organization: string;
                    /** @description the transaction that registered it; absent where the peer's history does not reach back to it */
                    registered?: {
                        block: number;
                        /** Format: date-time */
                        timestamp: string;
                        tx: string;
                    };
                    revoked: boolean;
                    /** @enum {string} */
                    use: "event" | "seller" | "attestor";
                };
            };
            /** @description the ticket as the ledger has it now */
            state: {
                /** @description when the holder got it: seconds since 1970 */
                acquiredAt?: number;
                allotment: string;
                /** @description who bought it, where that is not the holder */
                buyer?: string;
                change: number;
                entered: number;
                /** @description minor units of the event's currency */
                firstPriceMinor: number;
                holder: string;
                hops: number;
                issue: number;
                /**
                 * @description what its holder is owed since it ended
                 * @enum {string}
                 */
                owed?: "return" | "refund" | "remainder";
                /**
                 * Format: date-time
                 * @description when a return is refunded at the latest
                 */
                owedFrom?: string;
                /** @description minor units of the event's currency */
                paidMinor: number;
                /** @description of this issue, the oldest first */
                readonly resales?: components["schemas"]["Resale"][];
                /** @enum {string} */
                state: "sold" | "listed" | "admitted" | "exited" | "returned" | "refunded" | "void";
            };
            ticket: string;
            /** @constant */
            version: 3;
        };
        CommandState: {
            command: string;
            /** @constant */
            state: "pending";
        } | {
            command: string;
            /** @description the ledger's receipt: its transaction, and what the rule says beyond it */
            receipt: {
                block?: number;
                tx: string;
            } & {
                [key: string]: unknown;
            };
            /** @constant */
            state: "committed";
        } | {
            command: string;
            problem: components["schemas"]["Problem"];
            /** @constant */
            state: "refused";
        } | {
            command: string;
            problem?: components["schemas"]["Problem"];
            /**
             * @description neither this gateway nor its peer has it: send it again
             * @constant
             */
            state: "unknown";
        };
        Committee: {
            epoch: number;
            members: {
                jwk: {
                    /** @constant */
                    crv: "P-256";
                    /** @constant */
                    kty: "EC";
                    x: string;
                    y: string;
                };
                mspId: string;
                node: string;
            }[];
            threshold: number;
        };
        CommitteeKey: {
            epoch: number;
            failure?: string;
            /** @description the newest */
            generation: number;
            /** @description `dedup`, the key by which nobody registers twice, or the event or market whose key it is */
            key: string;
            /**
             * @description of the newest generation
             * @enum {string}
             */
            state: "generating" | "usable" | "failed" | "destroyed";
            threshold: number;
            /** @description the key as it may be used now, and by whom */
            usable?: {
                epoch: number;
                generation: number;
                /** @description a point of P-256, compressed, base64url */
                groupKey: string;
                /** @description their own keys; the first has the index 1 */
                nodes: {
                    /** @constant */
                    crv: "P-256";
                    /** @constant */
                    kty: "EC";
                    x: string;
                    y: string;
                }[];
                /** @description by the index of the node */
                publicShares: {
                    [key: string]: string;
                };
                /** @description what nodes have signed of it: believe it with `threshold` of these */
                ready: string[];
                threshold: number;
            };
        };
        Deposit: {
            /** @description all that was deposited and not taken back before the close */
            amountMinor: number;
            credential: string;
            /** @description what of it is neither spent nor given back */
            heldMinor: number;
            market: string;
            /** @description who has the money */
            reseller: string;
            /** @description how many of the person's trades are settled */
            settled?: number;
        };
        DepositReceipt: {
            /** @description minor units of the event's currency */
            amountMinor: number;
            block?: number;
            credential: string;
            currency: string;
            /** @description by this person in this market, with this one */
            depositedMinor: number;
            /** @description the id under which the command is remembered */
            id: string;
            market: string;
            tx: string;
        };
        DepositWithdrawalReceipt: {
            block?: number;
            credential: string;
            /** @description the id under which the command is remembered */
            id: string;
            market: string;
            /** @description the whole deposit, now on the person's balance */
            releasedMinor: number;
            tx: string;
        };
        Device: {
            device: string;
            jwk: {
                /** @constant */
                crv: "P-256";
                /** @constant */
                kty: "EC";
                x: string;
                y: string;
            };
            kid: string;
            /** Format: date-time */
            notAfter: string;
            revoked: boolean;
        };
        DeviceHandshake: {
            code: string;
            /** Format: date-time */
            expiresAt: string;
            handshake: string;
            /** @description the QR code, as SVG */
            qr: string;
            /** @description what the QR code says: `gateway`, `handshake` and `code` as JSON */
            text: string;
        };
        DeviceOfHandshake: {
            block?: number;
            device: string;
            event: string;
            /** @description the id under which the command is remembered */
            id: string;
            kid: string;
            /** Format: date-time */
            notAfter: string;
            tx: string;
        };
        DoorList: {
            event: string;
            /** @description so many blocks at least are in it */
            height: number;
            next?: string;
            /**
             * Format: date-time
             * @description when it was read, by this gateway's clock; the first page's holds for all of them
             */
            syncedAt: string;
            tickets: {
                change: number;
                holder: string;
                issue: number;
                /** @enum {string} */
                state: "sold" | "listed" | "admitted" | "exited";
                ticket: string;
            }[];
        };
        EnrolledCredential: {
            /**
             * Format: date-time
             * @description when a replacement counts that the old key does not veto
             */
            activatesAt?: string;
            block?: number;
            /** @description the pseudonym at this event, which holds its tickets */
            credential: string;
            event: string;
            /** @description how often the key was replaced */
            sequence: number;
            /** @enum {string} */
            state: "active" | "pending";
            tx: string;
        };
        Enrolment: {
            /** @description the pseudonym at this event, which holds its tickets */
            credential: string;
            event: string;
            /** @description of the key that speaks for it: the key's thumbprint */
            key: string;
            /** @description a replacement that waits */
            pending?: {
                /** Format: date-time */
                activatesAt: string;
                /**
                 * @description by attestors of two organizations
                 * @constant
                 */
                approved?: true;
                key: string;
                /** @description how often the key was replaced */
                sequence: number;
            };
            /** @description how often the key was replaced */
            sequence: number;
        };
        Event: {
            change: number;
            /**
             * Format: date-time
             * @description postponements before the last let tickets be given back so long
             */
            claimsUntil?: string;
            /** @description what price classes say beyond the event */
            classes: {
                [key: string]: {
                    authorisedResellers?: "any" | string[];
                    buyerFeeBps?: number;
                    /** @enum {string} */
                    capBasis?: "face" | "face+fees";
                    capBps?: number | null;
                    complimentaryNotResellable?: boolean;
                    /** @enum {string} */
                    feePayer?: "seller" | "buyer";
                    mandatoryDisclosure?: ("faceValue" | "place" | "restrictions" | "sellerKind" | "connection")[];
                    /** @enum {string} */
                    market?: "direct" | "sealed" | "both";
                    minHoldingPeriodSeconds?: number;
                    organizerRoyaltyBps?: number;
                    platformFeeCapBps?: number | null;
                    /** @enum {string} */
                    refundFees?: "none" | "all";
                    sellerFeeBps?: number;
                    venueBps?: number;
                };
            };
            currency: string;
            event: string;
            eventKey: {
                /** @constant */
                crv: "P-256";
                /** @constant */
                kty: "EC";
                x: string;
                y: string;
            };
            gates: {
                cancellation: {
                    byOrganizer: boolean;
                    /**
                     * Format: date-time
                     * @description absent: it never opens
                     */
                    closesAt?: string;
                    /**
                     * Format: date-time
                     * @description by schedule and policy; absent: it never does, or it did from the first
                     */
                    opensAt?: string;
                    /**
                     * @description as recorded, which is what counts
                     * @enum {string}
                     */
                    state: "pending" | "open" | "closed";
                };
                doors: {
                    byOrganizer: boolean;
                    /**
                     * Format: date-time
                     * @description absent: it never opens
                     */
                    closesAt?: string;
                    /**
                     * Format: date-time
                     * @description by schedule and policy; absent: it never does, or it did from the first
                     */
                    opensAt?: string;
                    /**
                     * @description as recorded, which is what counts
                     * @enum {string}
                     */
                    state: "pending" | "open" | "closed";
                };
                refunds: {
                    byOrganizer: boolean;
                    /**
                     * Format: date-time
                     * @description absent: it never opens
                     */
                    closesAt?: string;
                    /**
                     * Format: date-time
                     * @description by schedule and policy; absent: it never does, or it did from the first
                     */
                    opensAt?: string;
                    /**
                     * @description as recorded, which is what counts
                     * @enum {string}
                     */
                    state: "pending" | "open" | "closed";
                };
                resale: {
                    byOrganizer: boolean;
                    /**
                     * Format: date-time
                     * @description absent: it never opens
                     */
                    closesAt?: string;
                    /**
                     * Format: date-time
                     * @description by schedule and policy; absent: it never does, or it did from the first
                     */
                    opensAt?: string;
                    /**
                     * @description as recorded, which is what counts
                     * @enum {string}
                     */
                    state: "pending" | "open" | "closed";
                };
                returns: {
                    byOrganizer: boolean;
                    /**
                     * Format: date-time
                     * @description absent: it never opens
                     */
                    closesAt?: string;
                    /**
                     * Format: date-time
                     * @description by schedule and policy; absent: it never does, or it did from the first
                     */
                    opensAt?: string;
                    /**
                     * @description as recorded, which is what counts
                     * @enum {string}
                     */
                    state: "pending" | "open" | "closed";
                };
                sales: {
                    byOrganizer: boolean;
                    /**
                     * Format: date-time
                     * @description absent: it never opens
                     */
                    closesAt?: string;
                    /**
                     * Format: date-time
                     * @description by schedule and policy; absent: it never does, or it did from the first
                     */
                    opensAt?: string;
                    /**
                     * @description as recorded, which is what counts
                     * @enum {string}
                     */
                    state: "pending" | "open" | "closed";
                };
                transfers: {
                    byOrganizer: boolean;
                    /**
                     * Format: date-time
                     * @description absent: it never opens
                     */
                    closesAt?: string;
                    /**
                     * Format: date-time
                     * @description by schedule and policy; absent: it never does, or it did from the first
                     */
                    opensAt?: string;
                    /**
                     * @description as recorded, which is what counts
                     * @enum {string}
                     */
                    state: "pending" | "open" | "closed";
                };
            };
            name: string;
            organizer: string;
            policy: components["schemas"]["Policy"];
            policyHash: string;
            policyVersion: number;
            /** Format: date-time */
            postponedAt?: string;
            schedule: {
                /** Format: date-time */
                doorsOpenAt: string;
                /** Format: date-time */
                endsAt: string;
                /** Format: date-time */
                salesCloseAt: string;
                /** Format: date-time */
                salesOpenAt: string;
                /** Format: date-time */
                startsAt: string;
                /** Format: date-time */
                transfersCloseAt: string;
            };
            /** @enum {string} */
            state: "scheduled" | "cancelled";
            venue: string;
        };
        ExplainedPolicy: {
            /** @description what price classes say beyond the event */
            classes: {
                [key: string]: {
                    authorisedResellers?: "any" | string[];
                    buyerFeeBps?: number;
                    /** @enum {string} */
                    capBasis?: "face" | "face+fees";
                    capBps?: number | null;
                    complimentaryNotResellable?: boolean;
                    /** @enum {string} */
                    feePayer?: "seller" | "buyer";
                    mandatoryDisclosure?: ("faceValue" | "place" | "restrictions" | "sellerKind" | "connection")[];
                    /** @enum {string} */
                    market?: "direct" | "sealed" | "both";
                    minHoldingPeriodSeconds?: number;
                    organizerRoyaltyBps?: number;
                    platformFeeCapBps?: number | null;
                    /** @enum {string} */
                    refundFees?: "none" | "all";
                    sellerFeeBps?: number;
                    venueBps?: number;
                };
            };
            readonly classText: {
                priceClass: string;
                readonly text: {
                    /** @enum {string} */
                    parameter: "jurisdiction" | "capBasis" | "capBps" | "platformFeeCapBps" | "sellerFeeBps" | "buyerFeeBps" | "organizerRoyaltyBps" | "venueBps" | "feePayer" | "authorisedResellers" | "credentialRequired" | "perPersonLimit" | "complimentaryNotResellable" | "minHoldingPeriodSeconds" | "maxHops" | "habitualThreshold" | "salesWindow" | "resaleWindow" | "resaleOpensAfter" | "transferWindow" | "returnDeadlineSeconds" | "transfer" | "market" | "clearing" | "mustAllowTransfer" | "gateCheck" | "mandatoryDisclosure" | "refundFees" | "postponeClaimWindowSeconds";
                    sentence: string;
                }[];
            }[];
            event: string;
            jurisdiction: ("UK" | "IE" | "FR" | "BE" | "IT" | "AU-VIC" | "AU-NSW") | null;
            /** @description the event's rules, every parameter decided */
            policy: {
                authorisedResellers?: "any" | string[];
                buyerFeeBps?: number;
                /** @enum {string} */
                capBasis?: "face" | "face+fees";
                capBps?: number | null;
                /** @enum {string} */
                clearing?: "lottery" | "uniform-price";
                complimentaryNotResellable?: boolean;
                credentialRequired?: boolean;
                /** @enum {string} */
                feePayer?: "seller" | "buyer";
                /** @enum {string} */
                gateCheck?: "code" | "sample" | "document";
                habitualThreshold?: number | null;
                jurisdiction?: ("UK" | "IE" | "FR" | "BE" | "IT" | "AU-VIC" | "AU-NSW") | null;
                mandatoryDisclosure?: ("faceValue" | "place" | "restrictions" | "sellerKind" | "connection")[];
                /** @enum {string} */
                market?: "direct" | "sealed" | "both";
                maxHops?: number | null;
                minHoldingPeriodSeconds?: number;
                mustAllowTransfer?: boolean;
                organizerRoyaltyBps?: number;
                perPersonLimit?: {
                    primary: number;
                    resale: number;
                };
                platformFeeCapBps?: number | null;
                postponeClaimWindowSeconds?: number;
                /** @enum {string} */
                refundFees?: "none" | "all";
                /** @enum {string} */
                resaleOpensAfter?: "salesOpen" | "soldOut" | "salesClose";
                resaleWindow?: {
                    closesBeforeStartSeconds: number;
                    opensBeforeStartSeconds: number | null;
                };
                returnDeadlineSeconds?: number | null;
                salesWindow?: {
                    closesBeforeStartSeconds: number;
                    opensBeforeStartSeconds: number | null;
                };
                sellerFeeBps?: number;
                /** @enum {string} */
                transfer?: "forbidden" | "allowed";
                transferWindow?: {
                    closesBeforeStartSeconds: number;
                    opensBeforeStartSeconds: number | null;
                };
                venueBps?: number;
            };
            policyHash: string;
            policyVersion: number;
            /** @description whose rules `text` tells; the event's where absent */
            priceClass?: string;
            profile?: {
                readonly demands: {
                    /** @enum {string} */
                    parameter: "jurisdiction" | "capBasis" | "capBps" | "platformFeeCapBps" | "sellerFeeBps" | "buyerFeeBps" | "organizerRoyaltyBps" | "venueBps" | "feePayer" | "authorisedResellers" | "credentialRequired" | "perPersonLimit" | "complimentaryNotResellable" | "minHoldingPeriodSeconds" | "maxHops" | "habitualThreshold" | "salesWindow" | "resaleWindow" | "resaleOpensAfter" | "transferWindow" | "returnDeadlineSeconds" | "transfer" | "market" | "clearing" | "mustAllowTransfer" | "gateCheck" | "mandatoryDisclosure" | "refundFees" | "postponeClaimWindowSeconds";
                    rule: string;
                    source: string;
                }[];
                /** @enum {string} */
                jurisdiction: "UK" | "IE" | "FR" | "BE" | "IT" | "AU-VIC" | "AU-NSW";
                name: string;
                /** @description what the law says and no parameter does */
                readonly notExpressed: string[];
                readonly statutes: {
                    title: string;
                    /** Format: uri */
                    url: string;
                }[];
            };
            resale?: {
                /** @description the first of this class: its prices count */
                allotment: string;
                /** @description whether price and fees keep to every limit; other rules may still refuse */
                allowed: boolean;
                readonly broken: {
                    /** @enum {string} */
                    code: "FEE_ABOVE_CAP" | "PRICE_ABOVE_CAP";
                    field: string;
                    /** @description minor units of the event's currency */
                    givenMinor: number;
                    /** @description minor units of the event's currency */
                    limitMinor: number;
                    /** @enum {string} */
                    parameter: "jurisdiction" | "capBasis" | "capBps" | "platformFeeCapBps" | "sellerFeeBps" | "buyerFeeBps" | "organizerRoyaltyBps" | "venueBps" | "feePayer" | "authorisedResellers" | "credentialRequired" | "perPersonLimit" | "complimentaryNotResellable" | "minHoldingPeriodSeconds" | "maxHops" | "habitualThreshold" | "salesWindow" | "resaleWindow" | "resaleOpensAfter" | "transferWindow" | "returnDeadlineSeconds" | "transfer" | "market" | "clearing" | "mustAllowTransfer" | "gateCheck" | "mandatoryDisclosure" | "refundFees" | "postponeClaimWindowSeconds";
                }[];
                capMinor: number | null;
                /** @description minor units of the event's currency */
                commissionMinor: number;
                /** @description minor units of the event's currency */
                faceMinor: number;
                /** @description the seller's at once, if he was the first buyer */
                proceedsMinor: number;
                /** @description minor units of the event's currency */
                royaltyMinor: number;
                /** @description minor units of the event's currency */
                sellerMinor: number;
                /** @description in escrow until the event has ended */
                surplusMinor: number;
                readonly text: string[];
                /** @description minor units of the event's currency */
                totalMinor: number;
                /** @description minor units of the event's currency */
                venueMinor: number;
                /** @description minor units of the event's currency */
                withFeesMinor: number;
            };
            readonly text: {
                /** @enum {string} */
                parameter: "jurisdiction" | "capBasis" | "capBps" | "platformFeeCapBps" | "sellerFeeBps" | "buyerFeeBps" | "organizerRoyaltyBps" | "venueBps" | "feePayer" | "authorisedResellers" | "credentialRequired" | "perPersonLimit" | "complimentaryNotResellable" | "minHoldingPeriodSeconds" | "maxHops" | "habitualThreshold" | "salesWindow" | "resaleWindow" | "resaleOpensAfter" | "transferWindow" | "returnDeadlineSeconds" | "transfer" | "market" | "clearing" | "mustAllowTransfer" | "gateCheck" | "mandatoryDisclosure" | "refundFees" | "postponeClaimWindowSeconds";
                sentence: string;
            }[];
        };
        FoundEvent: {
            currency: string;
            /** Format: date-time */
            endsAt: string;
            event: string;
            /** @description in allotments that are open */
            free: number;
            /** @description the lowest price with fees; absent where none is free */
            fromMinor?: number;
            name: string;
            /** @description whether sales are recorded as open */
            onSale: boolean;
            organizer: string;
            organizerName?: string;
            places: number;
            /** Format: date-time */
            startsAt: string;
            /** @enum {string} */
            state: "scheduled" | "cancelled";
            venue: string;
            venueName?: string;
        };
        FoundListing: {
            allotment: string;
            /** @description minor units of the event's currency */
            askMinor: number;
            /** @description seconds since 1970; from then on nobody can take it, whatever its state says */
            exp: number;
            issue: number;
            priceClass: string;
            reseller: string;
            seller: string;
            /** @enum {string} */
            state: "open" | "sold" | "withdrawn" | "expired";
            ticket: string;
            /** @description minor units of the event's currency */
            totalMinor: number;
        };
        FoundMarket: {
            closesAt: string;
            market: number;
            state: string;
            supply: string;
        };
        FoundResale: {
            block: number;
            issue: number;
            /** @description which resale of the issue, from 1 */
            number: number;
            reseller: string;
            seller: string;
            /** @description minor units of the event's currency */
            surplusMinor: number;
            ticket: string;
            /** @description minor units of the event's currency */
            totalMinor: number;
        };
        Hold: {
            allotment: string;
            event: string;
            /** Format: date-time */
            expiresAt: string;
            hold: string;
            /**
             * Format: date-time
             * @description it can't be extended beyond, 60 minutes after it was made
             */
            latestAt: string;
            priceClass: string;
            /** @description those that are still to be sold by it */
            seats: string[];
            /** @description those that were */
            sold: string[];
            /** @enum {string} */
            state: "held" | "sold" | "released" | "expired";
        };
        Holder: {
            /** @description what may be paid out to it */
            balanceMinor: number;
            boughtPrimary: number;
            boughtResale: number;
            event: string;
            held: number;
            holder: string;
            resold: number;
        };
        IdentityPolicy: {
            attestor: string;
            policy: {
                acceptExpired?: boolean;
                /** @description of Utopia: for demonstrations only */
                acceptSpecimens?: boolean;
                /** @description by issuing state the codes of the one accepted type of document; `*` for all others */
                otherwise?: {
                    [key: string]: string[];
                };
                /** @constant */
                scheme: "personal-number";
            } | {
                /** @description by issuing state the codes of the one accepted type of document; `*` for all others */
                accepted: {
                    [key: string]: string[];
                };
                acceptExpired?: boolean;
                /** @description of Utopia: for demonstrations only */
                acceptSpecimens?: boolean;
                /** @constant */
                scheme: "document";
            } | {
                acceptExpired?: boolean;
                /** @description of Utopia: for demonstrations only */
                acceptSpecimens?: boolean;
                /** @constant */
                scheme: "name-birth-nationality";
            };
        };
        IssuedApiKey: {
            apiKey: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /**
             * Format: date-time
             * @description by the hour
             */
            lastUsedAt?: string;
            name: string;
            /** Format: date-time */
            revokedAt?: string;
            scopes: ("events" | "sales" | "listings" | "markets" | "keys" | "governance" | "statements" | "attestations" | "door" | "holders" | "webhooks" | "payments" | "metrics" | "admin")[];
            /** @description the whole key, as it is sent: it is not shown again */
            secret: string;
            /** @description that hold, the newest first; older ones have an end */
            secrets: {
                /** Format: date-time */
                until?: string;
            }[];
        };
        KeyGeneration: {
            /** @description whose messages the round waits for */
            awaited: {
                dealers: number[];
                recipients: number[];
            };
            /** @description when anybody may end the round: seconds since 1970 */
            deadline?: number;
            epoch: number;
            failure?: string;
            generation: number;
            /** @description `dedup`, the key by which nobody registers twice, or the event or market whose key it is */
            key: string;
            /** @description who was found to have cheated, and how */
            named: {
                code: string;
                /** @enum {string} */
                guilty: "dealer" | "recipient";
                index: number;
            }[];
            nodes: number;
            /** @enum {string} */
            round: "announce" | "deal" | "verdict" | "ready" | "usable" | "failed";
            /** @description who had not posted when the deadline of a round had passed and it was ended without them */
            silent: {
                dealers: number[];
                recipients: number[];
                /** @enum {string} */
                round: "announce" | "deal" | "verdict" | "ready";
            }[];
            /** @description seconds since 1970 */
            startedAt: number;
            threshold: number;
        };
        LedgerEvent: {
            block: number;
            /** @description what the command says beyond that; never who a holder is */
            data: {
                [key: string]: unknown;
            };
            /** @description absent for what concerns the consortium */
            event?: string;
            /** @description `<block>-<transaction>-<command>`, each counted from 0 */
            id: string;
            submitter: string;
            /**
             * Format: date-time
             * @description of the transaction, its client's word
             */
            timestamp: string;
            tx: string;
            /** @enum {string} */
            type: "admission.left" | "admission.recorded" | "admission.reentered" | "admission.undone" | "allotment.closed" | "allotment.created" | "committee-key.advanced" | "committee-key.begun" | "committee-key.posted" | "credential.activated" | "credential.enrolled" | "credential.vetoed" | "device.registered" | "device.revoked" | "event.advanced" | "event.cancelled" | "event.created" | "event.policy-changed" | "event.postponed" | "key.registered" | "key.revoked" | "listing.created" | "listing.expired" | "listing.withdrawn" | "market.aborted" | "market.cleared" | "market.closed" | "market.deposited" | "market.finished" | "market.frozen" | "market.opened" | "market.order-taken" | "market.read" | "market.released" | "market.revealed" | "market.rooted" | "market.settled" | "market.share-revealed" | "market.supplied" | "market.withdrawn" | "payout.made" | "person.registered" | "policy.changed" | "proposal.created" | "proposal.expired" | "proposal.voted" | "resale.executed" | "sales.closed" | "sales.reopened" | "settlement.credited" | "ticket.refunded" | "ticket.returned" | "ticket.sold" | "ticket.transferred" | "ticket.voided";
        };
        Listed: {
            block?: number;
            change: number;
            /** @description the id under which the command is remembered */
            id: string;
            listing: string;
            policy: number;
            ticket: string;
            tx: string;
        };
        Listing: {
            allotment: string;
            /** @description minor units of the event's currency */
            askMinor: number;
            /** @description minor units of the event's currency */
            buyerFeeMinor: number;
            /** @description the ticket's change number while it is listed, which a purchase names */
            change: number;
            currency: string;
            disclosure: {
                /** @enum {string} */
                connection?: "none" | "organizer" | "venue" | "reseller";
                faceValue?: number;
                place?: string;
                restrictions?: string;
                /** @enum {string} */
                sellerKind?: "consumer" | "trader";
            };
            event: string;
            /** @description seconds since 1970: open until then */
            exp: number;
            issue: number;
            /** @description of the rules under which it was listed */
            policyVersion: number;
            reseller: string;
            seller: string;
            /** @description minor units of the event's currency */
            sellerFeeMinor: number;
            /** @description of an offer that the rules in force allow: where the total goes */
            split?: {
                /** @description minor units of the event's currency */
                commissionMinor: number;
                /** @description minor units of the event's currency */
                royaltyMinor: number;
                /** @description minor units of the event's currency */
                sellerMinor: number;
                /** @description minor units of the event's currency */
                venueMinor: number;
            };
            /**
             * @description lapsed: its holder did something else with the ticket
             * @enum {string}
             */
            state: "open" | "sold" | "withdrawn" | "expired" | "lapsed";
            /** @description digest of the listing statement, which a purchase names */
            statement: string;
            ticket: string;
            /** @description all that the buyer pays */
            totalMinor: number;
        };
        Market: {
            /**
             * Format: date-time
             * @description from then on anybody may abort it, until enough shares of its key are posted
             */
            abortableAt: string;
            allotments?: string[];
            buyerFeeBps: number;
            /** @enum {string} */
            clearing: "lottery" | "uniform-price";
            /** Format: date-time */
            closesAt: string;
            /** @description the amounts that can be deposited */
            depositSteps: number[];
            event: string;
            /**
             * Format: date-time
             * @description since when shares of its key are waited for
             */
            frozenAt?: string;
            /** @description by organization, how much it may hold in deposits */
            guarantees: {
                [key: string]: number;
            };
            market: string;
            number: number;
            /** @description how many came in, once it is frozen */
            orders?: number;
            /** @description of its allotments, free or not */
            places?: number;
            priceClasses?: string[];
            /** @description by organization, how many orders it may bring */
            quotas: {
                [key: string]: number;
            };
            readonly result?: {
                pages: number;
                /** @description by class, where one price was found for all */
                readonly prices?: {
                    [key: string]: number;
                };
                trades: number;
            };
            /** @description over all slots, once it is frozen */
            root?: string;
            /** @description the market's secret key, once it is revealed */
            secret?: string;
            sellerFeeBps: number;
            /** @description nodes that were waited for when it was aborted */
            readonly silent?: number[];
            /** @enum {string} */
            state: "open" | "closed" | "frozen" | "revealed" | "cleared" | "finished" | "aborted";
            /** @description digest of the opening */
            statement: string;
            /**
             * @description holders' asks, unsold places, or returned ones
             * @enum {string}
             */
            supply: "resale" | "ballot" | "returns";
        };
        MarketAdvance: {
            /** @enum {string} */
            awaited?: "closesAt" | "key" | "shares" | "doors";
            /** @description steps that are due and were not begun: ask again */
            left: number;
            market: string;
            /**
             * @description in which it was found
             * @enum {string}
             */
            state: "open" | "closed" | "frozen" | "revealed" | "cleared" | "finished" | "aborted";
            steps: {
                /** @description why it was not taken */
                code?: string;
                /** @description with its page or its credential after a point */
                step: string;
                /** @description whoever took it */
                tx?: string;
            }[];
        };
        MarketReceipt: {
            block?: number;
            /** @description the id under which the command is remembered */
            id: string;
            market: string;
            tx: string;
        };
        MarketView: {
            /**
             * Format: date-time
             * @description from then on anybody may abort it, until enough shares of its key are posted
             */
            abortableAt: string;
            allotments?: string[];
            buyerFeeBps: number;
            /** @enum {string} */
            clearing: "lottery" | "uniform-price";
            /** Format: date-time */
            closesAt: string;
            /** @description the amounts that can be deposited */
            depositSteps: number[];
            event: string;
            /**
             * Format: date-time
             * @description since when shares of its key are waited for
             */
            frozenAt?: string;
            /** @description by organization, how much it may hold in deposits */
            guarantees: {
                [key: string]: number;
            };
            /** @description absent before its first generation */
            key?: {
                /** @description of the committee that makes or holds it */
                epoch: number;
                generation: number;
                /** @description X, to which orders are sealed; a wallet believes the nodes, not this answer: `GET /v1/keys/{market}` */
                jwk?: {
                    /** @constant */
                    crv: "P-256";
                    /** @constant */
                    kty: "EC";
                    x: string;
                    y: string;
                };
                /** @description thumbprint of X, as orders name it */
                marketKey?: string;
                /** @description how many the key was made for, after it is destroyed too */
                nodes?: number;
                /**
                 * @description of the newest generation
                 * @enum {string}
                 */
                state: "generating" | "usable" | "failed" | "destroyed";
                threshold: number;
            };
            market: string;
            number: number;
            /** @description how many came in, once it is frozen */
            orders?: number;
            /** @description of its allotments, free or not */
            places?: number;
            priceClasses?: string[];
            progress: {
                frozen: number;
                /** @description of slots */
                pages: number;
                read: number;
                /** @description of trades */
                resultPages: number;
                settled: number;
                /** @description nodes whose share is on the ledger */
                shares: number[];
                supplied: number;
                /** @description of the allotments' places */
                supplyPages: number;
            };
            /** @description by organization, how many orders it may bring */
            quotas: {
                [key: string]: number;
            };
            readonly result?: {
                pages: number;
                /** @description by class, where one price was found for all */
                readonly prices?: {
                    [key: string]: number;
                };
                trades: number;
            };
            /** @description over all slots, once it is frozen */
            root?: string;
            /** @description the market's secret key, once it is revealed */
            secret?: string;
            sellerFeeBps: number;
            /** @description nodes that were waited for when it was aborted */
            readonly silent?: number[];
            /** @enum {string} */
            state: "open" | "closed" | "frozen" | "revealed" | "cleared" | "finished" | "aborted";
            /** @description digest of the opening */
            statement: string;
            /**
             * @description holders' asks, unsold places, or returned ones
             * @enum {string}
             */
            supply: "resale" | "ballot" | "returns";
        };
        Node: {
            address: string;
            height?: number;
            mspId: string;
            reachable: boolean;
        };
        OrderProof: {
            /** @description absent: empty */
            content?: {
                id: string;
                /** @description HPKE (RFC 9180) to the market's key: enc, ciphertext and tag in base64url */
                sealed: string;
            };
            /** @description audit path of the page's root among all pages' */
            inMarket: string[];
            /** @description audit path of the slot on its page (RFC 6962 section 2.1.1) */
            inPage: string[];
            market: string;
            mspId: string;
            root: string;
            /** @description of the organization's slots in this market, from 0 */
            slot: number;
        };
        OrderReceipt: {
            block?: number;
            /** @description the id under which the command is remembered */
            id: string;
            market: string;
            mspId: string;
            /** @description of the organization's slots in this market, from 0 */
            slot: number;
            tx: string;
        };
        Organization: {
            mspId: string;
            name: string;
            roles: ("organizer" | "reseller" | "venue" | "trustee")[];
            /** @enum {string} */
            status: "active" | "suspended";
        };
        OrganizationKey: {
            jwk: {
                /** @constant */
                crv: "P-256";
                /** @constant */
                kty: "EC";
                x: string;
                y: string;
            };
            kid: string;
            /** Format: date-time */
            notAfter: string;
            /** Format: date-time */
            notBefore: string;
            revoked: boolean;
            /** @enum {string} */
            use: "event" | "seller" | "attestor";
        };
        OwnAccount: {
            /** @description minor units of the event's currency */
            balanceMinor: number;
            boughtPrimary: number;
            boughtResale: number;
            currency: string;
            event: string;
            held: number;
            name: string;
            resold: number;
        };
        OwnTicket: {
            allotment: string;
            change: number;
            event: string;
            issue: number;
            /** @enum {string} */
            state: "sold" | "listed" | "admitted" | "exited" | "returned" | "refunded" | "void";
            ticket: string;
        };
        /** @description what was added to holders' balances */
        Paid: {
            block?: number;
            /** @description the id under which the command is remembered */
            id: string;
            issue: number;
            paid: components["schemas"]["Payment"][];
            ticket: string;
            tx: string;
        };
        Payment: {
            amountMinor: number;
            holder: string;
        };
        PaymentSummary: {
            /** @description minor units of the event's currency */
            amountMinor: number;
            currency: string;
            payment: string;
            provider: string;
            /** @enum {string} */
            state: "created" | "action_required" | "authorized" | "sold" | "captured" | "voiding" | "voided" | "refunding" | "refunded" | "failed";
            /** @description no money moves */
            test: boolean;
        };
        PayoutReceipt: {
            /** @description minor units of the event's currency */
            amountMinor: number;
            /** @description what is left of it */
            balanceMinor: number;
            block?: number;
            currency: string;
            event: string;
            holder: string;
            /** @description the id under which the command is remembered */
            id: string;
            tx: string;
        };
        Person: {
            /** @description whose nodes vouched last */
            epoch: number;
            /** @description of the key that speaks for it: the key's thumbprint */
            key: string;
            /** @description a replacement that waits */
            pending?: {
                /** Format: date-time */
                activatesAt: string;
                /**
                 * @description by attestors of two organizations
                 * @constant
                 */
                approved?: true;
                key: string;
                /** @description how often the key was replaced */
                sequence: number;
            };
            /** @description the pseudonym */
            person: string;
            /** @description how often the key was replaced */
            sequence: number;
        };
        Policy: {
            authorisedResellers: "any" | string[];
            buyerFeeBps: number;
            /** @enum {string} */
            capBasis: "face" | "face+fees";
            capBps: number | null;
            /** @enum {string} */
            clearing: "lottery" | "uniform-price";
            complimentaryNotResellable: boolean;
            credentialRequired: boolean;
            /** @enum {string} */
            feePayer: "seller" | "buyer";
            /** @enum {string} */
            gateCheck: "code" | "sample" | "document";
            habitualThreshold: number | null;
            jurisdiction: ("UK" | "IE" | "FR" | "BE" | "IT" | "AU-VIC" | "AU-NSW") | null;
            mandatoryDisclosure: ("faceValue" | "place" | "restrictions" | "sellerKind" | "connection")[];
            /** @enum {string} */
            market: "direct" | "sealed" | "both";
            maxHops: number | null;
            minHoldingPeriodSeconds: number;
            mustAllowTransfer: boolean;
            organizerRoyaltyBps: number;
            perPersonLimit: {
                primary: number;
                resale: number;
            };
            platformFeeCapBps: number | null;
            postponeClaimWindowSeconds: number;
            /** @enum {string} */
            refundFees: "none" | "all";
            /** @enum {string} */
            resaleOpensAfter: "salesOpen" | "soldOut" | "salesClose";
            resaleWindow: {
                closesBeforeStartSeconds: number;
                opensBeforeStartSeconds: number | null;
            };
            returnDeadlineSeconds: number | null;
            salesWindow: {
                closesBeforeStartSeconds: number;
                opensBeforeStartSeconds: number | null;
            };
            sellerFeeBps: number;
            /** @enum {string} */
            transfer: "forbidden" | "allowed";
            transferWindow: {
                closesBeforeStartSeconds: number;
                opensBeforeStartSeconds: number | null;
            };
            venueBps: number;
        };
        PolicyDefaults: {
            mspId: string;
            policy: components["schemas"]["PolicyPart"];
            /** @description 0: it has not said anything yet */
            version: number;
        };
        PolicyPart: {
            authorisedResellers?: "any" | string[];
            buyerFeeBps?: number;
            /** @enum {string} */
            capBasis?: "face" | "face+fees";
            capBps?: number | null;
            /** @enum {string} */
            clearing?: "lottery" | "uniform-price";
            complimentaryNotResellable?: boolean;
            credentialRequired?: boolean;
            /** @enum {string} */
            feePayer?: "seller" | "buyer";
            /** @enum {string} */
            gateCheck?: "code" | "sample" | "document";
            habitualThreshold?: number | null;
            jurisdiction?: ("UK" | "IE" | "FR" | "BE" | "IT" | "AU-VIC" | "AU-NSW") | null;
            mandatoryDisclosure?: ("faceValue" | "place" | "restrictions" | "sellerKind" | "connection")[];
            /** @enum {string} */
            market?: "direct" | "sealed" | "both";
            maxHops?: number | null;
            minHoldingPeriodSeconds?: number;
            mustAllowTransfer?: boolean;
            organizerRoyaltyBps?: number;
            perPersonLimit?: {
                primary: number;
                resale: number;
            };
            platformFeeCapBps?: number | null;
            postponeClaimWindowSeconds?: number;
            /** @enum {string} */
            refundFees?: "none" | "all";
            /** @enum {string} */
            resaleOpensAfter?: "salesOpen" | "soldOut" | "salesClose";
            resaleWindow?: {
                closesBeforeStartSeconds: number;
                opensBeforeStartSeconds: number | null;
            };
            returnDeadlineSeconds?: number | null;
            salesWindow?: {
                closesBeforeStartSeconds: number;
                opensBeforeStartSeconds: number | null;
            };
            sellerFeeBps?: number;
            /** @enum {string} */
            transfer?: "forbidden" | "allowed";
            transferWindow?: {
                closesBeforeStartSeconds: number;
                opensBeforeStartSeconds: number | null;
            };
            venueBps?: number;
        };
        /** @description RFC 9457 */
        Problem: {
            /** @enum {string} */
            code: "MALFORMED_BATCH" | "MALFORMED_STATEMENT" | "UNKNOWN_COMMAND" | "INVALID_FIELD" | "UNKNOWN_FIELD" | "TOO_LARGE" | "NOT_AUTHORISED" | "UNKNOWN_ORGANIZATION" | "ORGANIZATION_NOT_ACTIVE" | "ROLE_MISSING" | "SIGNATURE_INVALID" | "UNKNOWN_KEY" | "KEY_NOT_VALID" | "KEY_ALREADY_REGISTERED" | "TOO_MANY_KEYS" | "WRONG_CHANNEL" | "WRONG_EVENT" | "STATEMENT_EXPIRED" | "COMMAND_ID_REUSED" | "ALREADY_FOUNDED" | "NOT_FOUNDED" | "FOUNDING_MISMATCH" | "ALREADY_A_MEMBER" | "TOO_MANY_ORGANIZATIONS" | "CONSORTIUM_INCOMPLETE" | "INVALID_COMMITTEE" | "UNKNOWN_PROPOSAL" | "PROPOSAL_MISMATCH" | "PROPOSAL_DECIDED" | "PROPOSAL_EXPIRED" | "NOT_A_VOTER" | "ALREADY_VOTED" | "EVENT_EXISTS" | "UNKNOWN_EVENT" | "EVENT_CANCELLED" | "EVENT_ENDED" | "STALE_EVENT" | "INVALID_SCHEDULE" | "NOTHING_DUE" | "SALES_NOT_OPEN" | "RESALE_NOT_OPEN" | "TRANSFERS_NOT_OPEN" | "TRANSFERS_FORBIDDEN" | "RETURNS_NOT_OPEN" | "REFUNDS_NOT_OPEN" | "DOORS_NOT_OPEN" | "STALE_POLICY" | "POLICY_MISMATCH" | "POLICY_INCONSISTENT" | "POLICY_BREAKS_PROFILE" | "POLICY_CHANGE_UNFAVOURABLE" | "ALLOTMENT_EXISTS" | "UNKNOWN_ALLOTMENT" | "ALLOTMENT_CLOSED" | "ALLOTMENT_MISMATCH" | "SEATS_ALREADY_ALLOTTED" | "SECTION_KIND_MISMATCH" | "INVALID_SEATS" | "REQUEST_MISMATCH" | "SEAT_NOT_IN_ALLOTMENT" | "SEAT_REPEATED" | "SEAT_ALREADY_SOLD" | "PRICE_MISMATCH" | "PRICE_ABOVE_REQUEST" | "AMOUNT_OVERFLOW" | "PERSON_LIMIT_REACHED" | "CREDENTIAL_REQUIRED" | "UNKNOWN_CREDENTIAL" | "MARKET_NOT_DIRECT" | "RESELLER_NOT_AUTHORISED" | "COMPLIMENTARY_NOT_RESELLABLE" | "HOLDING_PERIOD_NOT_OVER" | "TOO_MANY_HOPS" | "HABITUAL_SELLER" | "DISCLOSURE_MISSING" | "DISCLOSURE_WRONG" | "FEE_ABOVE_CAP" | "PRICE_ABOVE_CAP" | "PRICE_BELOW_FEES" | "UNKNOWN_LISTING" | "LISTING_MISMATCH" | "LISTING_NOT_OPEN" | "PAYEES_MISMATCH" | "INSUFFICIENT_BALANCE" | "UNKNOWN_TICKET" | "STALE_TICKET" | "NOT_THE_HOLDER" | "TRANSFER_MISMATCH" | "TICKET_NOT_VALID" | "UNKNOWN_DEVICE" | "DEVICE_EXISTS" | "DEVICE_NOT_VALID" | "SCAN_OUT_OF_SEQUENCE" | "PRESENTATION_MISMATCH" | "GATE_CHECK_REQUIRED" | "ALREADY_ADMITTED" | "NOT_ADMITTED" | "NOTHING_TO_UNDO" | "NO_COMMITTEE" | "KEY_EXISTS" | "KEY_NOT_USABLE" | "KEY_NEEDED" | "STALE_GENERATION" | "CREDENTIAL_NOT_REQUIRED" | "SCALAR_INVALID" | "POINT_INVALID" | "PROOF_INVALID" | "WRONG_ROUND" | "ROUND_NOT_OVER" | "NOT_A_DEALER" | "NOT_A_RECIPIENT" | "ALREADY_POSTED" | "DIGEST_MISMATCH" | "COMMITMENTS_WRONG" | "POSSESSION_INVALID" | "PUBLIC_SHARE_MISMATCH" | "RECIPIENTS_MISMATCH" | "UNKNOWN_DEALING" | "COMPLAINT_REPEATED" | "GROUP_KEY_MISMATCH" | "STATEMENTS_TOO_FEW" | "STATEMENTS_DIFFER" | "SIGNER_REPEATED" | "STALE_EPOCH" | "PERSON_EXISTS" | "UNKNOWN_PERSON" | "CREDENTIAL_EXISTS" | "STALE_SEQUENCE" | "REPLACEMENT_MISMATCH" | "KEY_REPLACEMENT_PENDING" | "NO_REPLACEMENT" | "MARKET_SETTLING" | "UNKNOWN_MARKET" | "MARKET_EXISTS" | "STALE_MARKET" | "INVALID_MARKET" | "MARKET_NOT_SEALED" | "MARKET_MISMATCH" | "MARKET_NOT_OPEN" | "MARKET_NOT_CLOSED" | "MARKET_NOT_FROZEN" | "MARKET_NOT_REVEALED" | "MARKET_NOT_CLEARED" | "MARKET_NOT_OVER" | "ORDER_QUOTA" | "ORDER_SLOT_TAKEN" | "DEPOSIT_MISMATCH" | "GUARANTEE_EXCEEDED" | "PAGES_MISSING" | "SHARE_INVALID" | "SHARES_TOO_FEW" | "ROOT_MISMATCH" | "HINTS_INCOMPLETE" | "DOORS_OPEN" | "MARKET_KEY_MISMATCH" | "CLASS_NOT_TRADED" | "DEPOSIT_MISSING" | "GUEST_NOT_CONSENTING" | "ORDER_MALFORMED" | "ORDER_NOT_OPENED" | "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "MALFORMED_BODY" | "BODY_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "IDEMPOTENCY_KEY_IN_USE" | "IDEMPOTENCY_KEY_REUSED" | "IDEMPOTENCY_KEY_MISMATCH" | "IDEMPOTENCY_LIMIT_REACHED" | "NO_SEATS_LEFT" | "PAYMENTS_OFF" | "UNKNOWN_PAYMENT" | "PAYMENT_MISMATCH" | "PAYMENT_DECLINED" | "PAYMENT_ACTION_REQUIRED" | "PAYMENT_UNDER_WAY" | "PAYMENT_NOT_CAPTURED" | "PAYMENT_PROVIDER_UNAVAILABLE" | "PAYMENT_PROVIDER_REFUSED" | "SEAT_HELD" | "UNKNOWN_HOLD" | "HOLD_OVER" | "HOLD_MISMATCH" | "HOLD_TOO_LONG" | "HOLD_LIMIT_REACHED" | "SIGNER_UNAVAILABLE" | "SIGNER_LIMIT_REACHED" | "UNKNOWN_SIGNING_KEY" | "QUEUE_FULL" | "OVERLOADED" | "ATTESTOR_LIMIT_REACHED" | "READ_MODEL_BEHIND" | "STORE_UNAVAILABLE" | "LEDGER_BEHIND" | "LEDGER_UNAVAILABLE" | "LEDGER_CONFLICT" | "LEDGER_DISAGREES" | "OUTCOME_UNKNOWN" | "SHUTTING_DOWN" | "SCOPE_MISSING" | "CREDENTIALS_UNAVAILABLE" | "ISSUER_UNAVAILABLE" | "UNKNOWN_API_KEY" | "API_KEY_EXISTS" | "API_KEY_ENDED" | "TOO_MANY_API_KEYS" | "SIGNATURE_EXPIRED" | "SIGNATURE_REPLAYED" | "UNKNOWN_HANDSHAKE" | "HANDSHAKE_EXPIRED" | "HANDSHAKE_USED" | "HANDSHAKE_LOCKED" | "HANDSHAKE_CODE_WRONG" | "RATE_LIMITED" | "TOO_MANY_STREAMS" | "STREAMS_FULL" | "UNKNOWN_WEBHOOK" | "TOO_MANY_WEBHOOKS" | "TARGET_NOT_ALLOWED" | "INTERNAL" | "MRZ_UNKNOWN_FORMAT" | "MRZ_CHARACTER" | "MRZ_CHECK_DIGIT" | "MRZ_FIELD" | "DOCUMENT_EXPIRED" | "DOCUMENT_NOT_ACCEPTED" | "SPECIMEN_NOT_ACCEPTED" | "PERSONAL_NUMBER_NOT_DOCUMENTED" | "PERSONAL_NUMBER_INVALID" | "NAME_TRUNCATED" | "BIRTH_DATE_INCOMPLETE" | "COMMITMENT_MISMATCH" | "BLINDING_PROOF_INVALID" | "UNBLINDING_PROOF_INVALID" | "INDEX_INVALID" | "EVALUATION_INVALID" | "EVALUATIONS_TOO_FEW" | "COMBINATION_MISMATCH" | "HANDLE_REPEATED" | "RECEIPT_INVALID" | "RECEIPTS_TOO_FEW" | "KEY_NOT_TRUSTED";
            detail: string;
            details: {
                [key: string]: string | number | boolean;
            };
            /** @description the member or the policy parameter that refused */
            field?: string;
            /** @description the request id, as in the log */
            instance: string;
            status: number;
            title: string;
            /** @description urn:guichet:problem:<code> */
            type: string;
        };
        Proposal: {
            action: {
                /** @constant */
                kind: "organization.admit";
                organization: {
                    mspId: string;
                    name: string;
                    roles: ("organizer" | "reseller" | "venue" | "trustee")[];
                };
            } | {
                /** @constant */
                kind: "organization.roles";
                mspId: string;
                roles: ("organizer" | "reseller" | "venue" | "trustee")[];
            } | {
                /** @constant */
                kind: "organization.suspend";
                mspId: string;
                reason: string;
            } | {
                /** @constant */
                kind: "organization.reinstate";
                mspId: string;
            } | {
                epoch: number;
                /** @constant */
                kind: "committee.appoint";
                members: {
                    jwk: {
                        /** @constant */
                        crv: "P-256";
                        /** @constant */
                        kty: "EC";
                        x: string;
                        y: string;
                    };
                    mspId: string;
                    node: string;
                }[];
                threshold: number;
            };
            /** @description the transaction of the deciding vote */
            decided?: string;
            /** @description SHA-256 of the action */
            digest: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description the proposer, "/" and the id of its command */
            proposal: string;
            proposer: string;
            /** @enum {string} */
            state: "open" | "carried" | "rejected" | "expired";
            votes: {
                [key: string]: boolean;
            };
        };
        Receipt: {
            block?: number;
            /** @description the id under which the command is remembered */
            id: string;
            tx: string;
        };
        RegisteredPerson: {
            /**
             * Format: date-time
             * @description when a replacement counts that the old key does not veto
             */
            activatesAt?: string;
            block?: number;
            /** @description the pseudonym */
            person: string;
            /** @description how often the key was replaced */
            sequence: number;
            /** @enum {string} */
            state: "active" | "pending";
            tx: string;
        };
        Resale: {
            /** @description minor units of the event's currency */
            commissionMinor: number;
            /** @description minor units of the event's currency */
            proceedsMinor: number;
            reseller: string;
            /** @description minor units of the event's currency */
            royaltyMinor: number;
            seller: string;
            /** @description of a sealed market: the seller's reseller, where that is another, and its part of the commission */
            readonly sellerSide?: [
                string,
                number
            ];
            /** @description minor units of the event's currency */
            surplusMinor: number;
            /** @description minor units of the event's currency */
            totalMinor: number;
            /** @description minor units of the event's currency */
            venueMinor: number;
        };
        ResaleReceipt: {
            block?: number;
            change: number;
            currency: string;
            /** @description the id under which the command is remembered */
            id: string;
            /** @description where the total went */
            split: {
                /** @description minor units of the event's currency */
                commissionMinor: number;
                /** @description the seller's at once */
                proceedsMinor: number;
                /** @description minor units of the event's currency */
                royaltyMinor: number;
                /** @description the seller's when the event has ended */
                surplusMinor: number;
                /** @description minor units of the event's currency */
                venueMinor: number;
            };
            ticket: string;
            /** @description minor units of the event's currency */
            totalMinor: number;
            tx: string;
        };
        SaleReceipt: {
            block?: number;
            currency: string;
            /** @description the id under which the command is remembered */
            id: string;
            payment?: components["schemas"]["PaymentSummary"];
            tickets: {
                change: number;
                issue: number;
                ticket: string;
            }[];
            totalMinor: number;
            tx: string;
        };
        SealedOrder: {
            id: string;
            market: string;
            mspId: string;
            /** @description once the market is cleared */
            outcome?: {
                ask?: {
                    askMinor: number;
                    issue: number;
                    reseller: string;
                    ticket: string;
                };
                bid?: {
                    /** @constant */
                    allOrNothing?: true;
                    guests?: string[];
                    limitMinor: number;
                    name: string;
                    priceClass: string;
                    quantity: number;
                    reseller: string;
                };
                cancel?: {
                    bid: string;
                } | {
                    ticket: string;
                };
                /** @description why it is void */
                code?: string;
                /** @description whose word it is; absent: nobody's */
                credential?: string;
                /** @description of a bid: the totals of its trades that are settled */
                paidMinor: number;
                sequence?: number;
                /** @enum {string} */
                state: "counted" | "void";
                trades: components["schemas"]["Trade"][];
            };
            /** @description HPKE (RFC 9180) to the market's key: enc, ciphertext and tag in base64url */
            sealed: string;
            /** @description of the organization's slots in this market, from 0 */
            slot: number;
        };
        Settlement: {
            currency: string;
            /** @description what a settlement would credit now, and to whom */
            due: components["schemas"]["Payment"][];
            event: string;
            /**
             * Format: date-time
             * @description nothing is due yet: something will be from then on at the latest
             */
            from?: string;
            issue: number;
            ticket: string;
        };
        Statement: {
            /** @description the period is over for the ledger too: nothing will be added to it */
            closed: boolean;
            closingBalanceMinor: number;
            currency: string;
            /** Format: date-time */
            from?: string;
            lines: components["schemas"]["StatementLine"][];
            next?: string;
            openingBalanceMinor: number;
            organization: string;
            /** @description the last block that was looked at */
            throughBlock: number;
            /** Format: date-time */
            to?: string;
            totals: {
                /** @description what the organization gains; negative for what it gives */
                amountMinor: number;
                /** @description what the entry is for; operators-fee is computed from blocks */
                kind: string;
                lines: number;
            }[];
        };
        StatementLine: {
            /** @description what the organization gains; negative for what it gives */
            amountMinor: number;
            block: number;
            /** Format: date-time */
            bookedAt: string;
            /** @description under which the ledger remembers it: signer/id */
            command?: string;
            /** @description where only one account is on the other side */
            counterparty?: string;
            /** @description of the entry in its transaction */
            entry: number;
            event?: string;
            /** @description of the transaction in its block */
            index: number;
            /** @description what the entry is for; operators-fee is computed from blocks */
            kind: string;
            tx: string;
        };
        Ticket: {
            /** @description when the holder got it: seconds since 1970 */
            acquiredAt: number;
            allotment: string;
            /** @description who bought it, where that is not the holder */
            buyer?: string;
            change: number;
            entered: number;
            event: string;
            /** @description minor units of the event's currency */
            firstPriceMinor: number;
            holder: string;
            hops: number;
            issue: number;
            /**
             * @description what its holder is owed since it ended
             * @enum {string}
             */
            owed?: "return" | "refund" | "remainder";
            /**
             * Format: date-time
             * @description when a return is refunded at the latest
             */
            owedFrom?: string;
            /** @description minor units of the event's currency */
            paidMinor: number;
            place: string;
            /** @description of this issue, the oldest first */
            readonly resales?: components["schemas"]["Resale"][];
            /** @enum {string} */
            state: "sold" | "listed" | "admitted" | "exited" | "returned" | "refunded" | "void";
            ticket: string;
        };
        TicketChange: {
            block?: number;
            change: number;
            /** @description the id under which the command is remembered */
            id: string;
            ticket: string;
            tx: string;
        };
        TicketVersion: {
            block: number;
            change: number;
            holder: string;
            issue: number;
            /** @enum {string} */
            state: "sold" | "listed" | "admitted" | "exited" | "returned" | "refunded" | "void";
            ticket: string;
            tx: string;
        };
        Trade: {
            /** @description the bid's name */
            bid: string;
            bidder: string;
            /** @description who gets the ticket: the bidder or a guest */
            buyer: string;
            /** @description why it lapsed, where a rule was in the way */
            code?: string;
            readonly resale?: {
                issue: number;
                /** @description minor units of the event's currency */
                priceMinor: number;
                reseller: string;
                seller: string;
            };
            /** @description who has the deposit */
            reseller: string;
            /** @enum {string} */
            state: "due" | "settled" | "lapsed";
            ticket: string;
            /** @description what the buyer pays, everything included */
            totalMinor: number;
        };
        Transaction: {
            block: number;
            /** @description Fabric's TxValidationCode, VALID if the writes were applied */
            code: string;
            commands: unknown[];
            function?: string;
            mspId?: string;
            outcomes: unknown[];
            /** Format: date-time */
            timestamp: string;
            /** @description empty for the channel's configuration */
            tx: string;
        };
        TransactionSummary: {
            block: number;
            /** @description Fabric's TxValidationCode, VALID if the writes were applied */
            code: string;
            commands: number;
            function?: string;
            mspId?: string;
            /** Format: date-time */
            timestamp: string;
            /** @description empty for the channel's configuration */
            tx: string;
        };
        Voted: {
            block?: number;
            /** @description the id under which the command is remembered */
            id: string;
            proposal: string;
            /** @enum {string} */
            state: "open" | "carried" | "rejected" | "expired";
            tx: string;
        };
        Webhook: {
            /** Format: date-time */
            createdAt: string;
            event?: string;
            /** @description attempts since the last that was not one */
            failures: number;
            id: string;
            /** @description in one message; from 2 on they come as `{type: "batch", data: {events}}`, of one block each */
            maxEvents: number;
            /** Format: date-time */
            nextAttemptAt?: string;
            /** @description everything up to there is delivered */
            position?: string;
            /**
             * Format: date-time
             * @description messages are signed with both until then
             */
            previousSecretUntil?: string;
            /**
             * @description `gone`: the target answered 410; `disabled`: it failed for three days
             * @enum {string}
             */
            state: "active" | "paused" | "gone" | "disabled";
            /** @description all, if absent */
            types?: ("admission.left" | "admission.recorded" | "admission.reentered" | "admission.undone" | "allotment.closed" | "allotment.created" | "committee-key.advanced" | "committee-key.begun" | "committee-key.posted" | "credential.activated" | "credential.enrolled" | "credential.vetoed" | "device.registered" | "device.revoked" | "event.advanced" | "event.cancelled" | "event.created" | "event.policy-changed" | "event.postponed" | "key.registered" | "key.revoked" | "listing.created" | "listing.expired" | "listing.withdrawn" | "market.aborted" | "market.cleared" | "market.closed" | "market.deposited" | "market.finished" | "market.frozen" | "market.opened" | "market.order-taken" | "market.read" | "market.released" | "market.revealed" | "market.rooted" | "market.settled" | "market.share-revealed" | "market.supplied" | "market.withdrawn" | "payout.made" | "person.registered" | "policy.changed" | "proposal.created" | "proposal.expired" | "proposal.voted" | "resale.executed" | "sales.closed" | "sales.reopened" | "settlement.credited" | "ticket.refunded" | "ticket.returned" | "ticket.sold" | "ticket.transferred" | "ticket.voided")[];
            url: string;
        };
        WebhookDelivery: {
            /** Format: date-time */
            at: string;
            durationMs: number;
            error?: string;
            events: number;
            /** @description `webhook-id` */
            message: string;
            number: number;
            /** @description absent: there was no answer */
            status?: number;
        };
        WebhookWithSecret: {
            /** Format: date-time */
            createdAt: string;
            event?: string;
            /** @description attempts since the last that was not one */
            failures: number;
            id: string;
            /** @description in one message; from 2 on they come as `{type: "batch", data: {events}}`, of one block each */
            maxEvents: number;
            /** Format: date-time */
            nextAttemptAt?: string;
            /** @description everything up to there is delivered */
            position?: string;
            /**
             * Format: date-time
             * @description messages are signed with both until then
             */
            previousSecretUntil?: string;
            /** @description `whsec_…`; it is not shown again */
            secret: string;
            /**
             * @description `gone`: the target answered 410; `disabled`: it failed for three days
             * @enum {string}
             */
            state: "active" | "paused" | "gone" | "disabled";
            /** @description all, if absent */
            types?: ("admission.left" | "admission.recorded" | "admission.reentered" | "admission.undone" | "allotment.closed" | "allotment.created" | "committee-key.advanced" | "committee-key.begun" | "committee-key.posted" | "credential.activated" | "credential.enrolled" | "credential.vetoed" | "device.registered" | "device.revoked" | "event.advanced" | "event.cancelled" | "event.created" | "event.policy-changed" | "event.postponed" | "key.registered" | "key.revoked" | "listing.created" | "listing.expired" | "listing.withdrawn" | "market.aborted" | "market.cleared" | "market.closed" | "market.deposited" | "market.finished" | "market.frozen" | "market.opened" | "market.order-taken" | "market.read" | "market.released" | "market.revealed" | "market.rooted" | "market.settled" | "market.share-revealed" | "market.supplied" | "market.withdrawn" | "payout.made" | "person.registered" | "policy.changed" | "proposal.created" | "proposal.expired" | "proposal.voted" | "resale.executed" | "sales.closed" | "sales.reopened" | "settlement.credited" | "ticket.refunded" | "ticket.returned" | "ticket.sold" | "ticket.transferred" | "ticket.voided")[];
            url: string;
        };
    };
    responses: {
        /** @description Problem (RFC 9457): `MALFORMED_BATCH`, `MALFORMED_STATEMENT`, `UNKNOWN_COMMAND`, `INVALID_FIELD`, `UNKNOWN_FIELD`, `MALFORMED_BODY` */
        Problem400: {
            headers: {
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `UNAUTHENTICATED`, `SIGNATURE_EXPIRED`, `SIGNATURE_REPLAYED` */
        Problem401: {
            headers: {
                /** @description how to sign in (RFC 9110) */
                "WWW-Authenticate": string;
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `PAYMENT_DECLINED`, `PAYMENT_ACTION_REQUIRED` */
        Problem402: {
            headers: {
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `NOT_AUTHORISED`, `ORGANIZATION_NOT_ACTIVE`, `ROLE_MISSING`, `SIGNATURE_INVALID`, `UNKNOWN_KEY`, `KEY_NOT_VALID`, `NOT_A_VOTER`, `CREDENTIAL_REQUIRED`, `RESELLER_NOT_AUTHORISED`, `NOT_THE_HOLDER`, `DEVICE_NOT_VALID`, `STATEMENTS_TOO_FEW`, `RECEIPT_INVALID`, `RECEIPTS_TOO_FEW`, `FORBIDDEN`, `UNKNOWN_SIGNING_KEY`, `SCOPE_MISSING`, `HANDSHAKE_CODE_WRONG` */
        Problem403: {
            headers: {
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `UNKNOWN_ORGANIZATION`, `UNKNOWN_PROPOSAL`, `UNKNOWN_EVENT`, `UNKNOWN_ALLOTMENT`, `UNKNOWN_CREDENTIAL`, `UNKNOWN_LISTING`, `UNKNOWN_TICKET`, `UNKNOWN_DEVICE`, `UNKNOWN_PERSON`, `UNKNOWN_MARKET`, `NOT_FOUND`, `UNKNOWN_PAYMENT`, `UNKNOWN_HOLD`, `UNKNOWN_API_KEY`, `UNKNOWN_HANDSHAKE`, `UNKNOWN_WEBHOOK` */
        Problem404: {
            headers: {
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `KEY_ALREADY_REGISTERED`, `TOO_MANY_KEYS`, `COMMAND_ID_REUSED`, `ALREADY_FOUNDED`, `NOT_FOUNDED`, `FOUNDING_MISMATCH`, `ALREADY_A_MEMBER`, `TOO_MANY_ORGANIZATIONS`, `CONSORTIUM_INCOMPLETE`, `PROPOSAL_DECIDED`, `PROPOSAL_EXPIRED`, `ALREADY_VOTED`, `EVENT_EXISTS`, `EVENT_CANCELLED`, `EVENT_ENDED`, `STALE_EVENT`, `NOTHING_DUE`, `SALES_NOT_OPEN`, `RESALE_NOT_OPEN`, `TRANSFERS_NOT_OPEN`, `RETURNS_NOT_OPEN`, `REFUNDS_NOT_OPEN`, `DOORS_NOT_OPEN`, `STALE_POLICY`, `ALLOTMENT_EXISTS`, `ALLOTMENT_CLOSED`, `SEATS_ALREADY_ALLOTTED`, `SECTION_KIND_MISMATCH`, `SEAT_ALREADY_SOLD`, `HOLDING_PERIOD_NOT_OVER`, `LISTING_NOT_OPEN`, `PAYEES_MISMATCH`, `INSUFFICIENT_BALANCE`, `STALE_TICKET`, `TICKET_NOT_VALID`, `DEVICE_EXISTS`, `SCAN_OUT_OF_SEQUENCE`, `ALREADY_ADMITTED`, `NOT_ADMITTED`, `NOTHING_TO_UNDO`, `NO_COMMITTEE`, `KEY_EXISTS`, `KEY_NOT_USABLE`, `KEY_NEEDED`, `STALE_GENERATION`, `WRONG_ROUND`, `ROUND_NOT_OVER`, `ALREADY_POSTED`, `STALE_EPOCH`, `PERSON_EXISTS`, `CREDENTIAL_EXISTS`, `STALE_SEQUENCE`, `KEY_REPLACEMENT_PENDING`, `NO_REPLACEMENT`, `MARKET_SETTLING`, `MARKET_EXISTS`, `STALE_MARKET`, `MARKET_NOT_OPEN`, `MARKET_NOT_CLOSED`, `MARKET_NOT_FROZEN`, `MARKET_NOT_REVEALED`, `MARKET_NOT_CLEARED`, `MARKET_NOT_OVER`, `ORDER_QUOTA`, `ORDER_SLOT_TAKEN`, `GUARANTEE_EXCEEDED`, `PAGES_MISSING`, `DOORS_OPEN`, `KEY_NOT_TRUSTED`, `IDEMPOTENCY_KEY_IN_USE`, `NO_SEATS_LEFT`, `PAYMENTS_OFF`, `PAYMENT_UNDER_WAY`, `PAYMENT_NOT_CAPTURED`, `SEAT_HELD`, `HOLD_OVER`, `LEDGER_CONFLICT`, `API_KEY_EXISTS`, `API_KEY_ENDED`, `TOO_MANY_API_KEYS`, `HANDSHAKE_EXPIRED`, `HANDSHAKE_USED`, `HANDSHAKE_LOCKED`, `TOO_MANY_WEBHOOKS` */
        Problem409: {
            headers: {
                /** @description seconds */
                "Retry-After"?: number;
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `TOO_LARGE`, `BODY_TOO_LARGE` */
        Problem413: {
            headers: {
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `UNSUPPORTED_MEDIA_TYPE` */
        Problem415: {
            headers: {
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `WRONG_CHANNEL`, `WRONG_EVENT`, `STATEMENT_EXPIRED`, `INVALID_COMMITTEE`, `PROPOSAL_MISMATCH`, `INVALID_SCHEDULE`, `TRANSFERS_FORBIDDEN`, `POLICY_MISMATCH`, `POLICY_INCONSISTENT`, `POLICY_BREAKS_PROFILE`, `POLICY_CHANGE_UNFAVOURABLE`, `ALLOTMENT_MISMATCH`, `INVALID_SEATS`, `REQUEST_MISMATCH`, `SEAT_NOT_IN_ALLOTMENT`, `SEAT_REPEATED`, `PRICE_MISMATCH`, `PRICE_ABOVE_REQUEST`, `AMOUNT_OVERFLOW`, `PERSON_LIMIT_REACHED`, `MARKET_NOT_DIRECT`, `COMPLIMENTARY_NOT_RESELLABLE`, `TOO_MANY_HOPS`, `HABITUAL_SELLER`, `DISCLOSURE_MISSING`, `DISCLOSURE_WRONG`, `FEE_ABOVE_CAP`, `PRICE_ABOVE_CAP`, `PRICE_BELOW_FEES`, `LISTING_MISMATCH`, `TRANSFER_MISMATCH`, `PRESENTATION_MISMATCH`, `GATE_CHECK_REQUIRED`, `CREDENTIAL_NOT_REQUIRED`, `SCALAR_INVALID`, `POINT_INVALID`, `PROOF_INVALID`, `NOT_A_DEALER`, `NOT_A_RECIPIENT`, `DIGEST_MISMATCH`, `COMMITMENTS_WRONG`, `POSSESSION_INVALID`, `PUBLIC_SHARE_MISMATCH`, `RECIPIENTS_MISMATCH`, `UNKNOWN_DEALING`, `COMPLAINT_REPEATED`, `GROUP_KEY_MISMATCH`, `STATEMENTS_DIFFER`, `SIGNER_REPEATED`, `REPLACEMENT_MISMATCH`, `INVALID_MARKET`, `MARKET_NOT_SEALED`, `MARKET_MISMATCH`, `DEPOSIT_MISMATCH`, `SHARE_INVALID`, `SHARES_TOO_FEW`, `ROOT_MISMATCH`, `HINTS_INCOMPLETE`, `MARKET_KEY_MISMATCH`, `CLASS_NOT_TRADED`, `DEPOSIT_MISSING`, `GUEST_NOT_CONSENTING`, `ORDER_MALFORMED`, `ORDER_NOT_OPENED`, `MRZ_UNKNOWN_FORMAT`, `MRZ_CHARACTER`, `MRZ_CHECK_DIGIT`, `MRZ_FIELD`, `DOCUMENT_EXPIRED`, `DOCUMENT_NOT_ACCEPTED`, `SPECIMEN_NOT_ACCEPTED`, `PERSONAL_NUMBER_NOT_DOCUMENTED`, `PERSONAL_NUMBER_INVALID`, `NAME_TRUNCATED`, `BIRTH_DATE_INCOMPLETE`, `COMMITMENT_MISMATCH`, `BLINDING_PROOF_INVALID`, `UNBLINDING_PROOF_INVALID`, `INDEX_INVALID`, `EVALUATION_INVALID`, `EVALUATIONS_TOO_FEW`, `COMBINATION_MISMATCH`, `HANDLE_REPEATED`, `IDEMPOTENCY_KEY_REUSED`, `IDEMPOTENCY_KEY_MISMATCH`, `PAYMENT_MISMATCH`, `HOLD_MISMATCH`, `HOLD_TOO_LONG`, `TARGET_NOT_ALLOWED` */
        Problem422: {
            headers: {
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `IDEMPOTENCY_LIMIT_REACHED`, `HOLD_LIMIT_REACHED`, `SIGNER_LIMIT_REACHED`, `QUEUE_FULL`, `ATTESTOR_LIMIT_REACHED`, `RATE_LIMITED`, `TOO_MANY_STREAMS` */
        Problem429: {
            headers: {
                /** @description seconds */
                "Retry-After": number;
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `INTERNAL` */
        Problem500: {
            headers: {
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `PAYMENT_PROVIDER_REFUSED`, `LEDGER_DISAGREES` */
        Problem502: {
            headers: {
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `PAYMENT_PROVIDER_UNAVAILABLE`, `SIGNER_UNAVAILABLE`, `OVERLOADED`, `READ_MODEL_BEHIND`, `STORE_UNAVAILABLE`, `LEDGER_BEHIND`, `LEDGER_UNAVAILABLE`, `SHUTTING_DOWN`, `CREDENTIALS_UNAVAILABLE`, `ISSUER_UNAVAILABLE`, `STREAMS_FULL` */
        Problem503: {
            headers: {
                /** @description seconds */
                "Retry-After": number;
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Problem (RFC 9457): `OUTCOME_UNKNOWN` */
        Problem504: {
            headers: {
                /** @description as in the log */
                "X-Request-Id": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    healthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it does */
            200: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    healthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description they can */
            200: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        height: number;
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAdmission: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the holder's presentation, for `admit` and `reenter`; a scan that names the credential of the document shown needs none */
                    presentation?: string;
                    /** @description JWS compact serialization */
                    scan: string;
                };
            };
        };
        responses: {
            /** @description done before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admission"];
                };
            };
            /** @description done */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Admission"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        apiKeys: components["schemas"]["ApiKey"][];
                        next?: string;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description in a year if absent, in two at most
                     */
                    expiresAt?: string;
                    name: string;
                    scopes: ("events" | "sales" | "listings" | "markets" | "keys" | "governance" | "statements" | "attestations" | "door" | "holders" | "webhooks" | "payments" | "metrics" | "admin")[];
                };
            };
        };
        responses: {
            /** @description made */
            201: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedApiKey"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiKey: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                apiKey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path: {
                apiKey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description revoked */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path: {
                apiKey: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description how long those of before hold; 0 if one of them has leaked
                     * @default 86400
                     */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description rotated */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedApiKey"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAttestation: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the document's machine-readable zone (ICAO 9303), as shown */
                    document: string;
                    /** @description what the wallet shows */
                    request: {
                        /** @constant */
                        kind: "master";
                        opening: {
                            blinded: string;
                            blindingKey: string;
                            commitment: string;
                            proof: string;
                            salt: string;
                        };
                    } | {
                        /** @constant */
                        kind: "event";
                        master: {
                            blinded: string;
                            blindingKey: string;
                            commitment: string;
                            proof: string;
                            salt: string;
                        };
                        openings: {
                            blinded: string;
                            blindingKey: string;
                            commitment: string;
                            proof: string;
                            salt: string;
                        }[];
                        receipts: string[];
                    } | {
                        event?: string;
                        key: {
                            /** @constant */
                            crv: "P-256";
                            /** @constant */
                            kty: "EC";
                            x: string;
                            y: string;
                        };
                        /** @constant */
                        kind: "approval";
                        opening: {
                            blinded: string;
                            blindingKey: string;
                            commitment: string;
                            proof: string;
                            salt: string;
                        };
                        sequence: number;
                        shown: {
                            combined: string;
                            evaluations: {
                                element: string;
                                index: number;
                                proof: string;
                            }[];
                            possession: string;
                            proof: string;
                            unblinded: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description signed */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attestation"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBlocks: {
        parameters: {
            query?: {
                before?: number;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        blocks: components["schemas"]["Block"][];
                        height: number;
                        next?: number;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBlock: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Block"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCommand: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                command: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description its state */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCommittee: {
        parameters: {
            query?: {
                epoch?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Committee"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: components["schemas"]["Event"][];
                        next?: string;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    classes?: {
                        [key: string]: {
                            authorisedResellers?: "any" | string[];
                            buyerFeeBps?: number;
                            /** @enum {string} */
                            capBasis?: "face" | "face+fees";
                            capBps?: number | null;
                            complimentaryNotResellable?: boolean;
                            /** @enum {string} */
                            feePayer?: "seller" | "buyer";
                            mandatoryDisclosure?: ("faceValue" | "place" | "restrictions" | "sellerKind" | "connection")[];
                            /** @enum {string} */
                            market?: "direct" | "sealed" | "both";
                            minHoldingPeriodSeconds?: number;
                            organizerRoyaltyBps?: number;
                            platformFeeCapBps?: number | null;
                            /** @enum {string} */
                            refundFees?: "none" | "all";
                            sellerFeeBps?: number;
                            venueBps?: number;
                        };
                    };
                    currency: string;
                    event: string;
                    id?: string;
                    name: string;
                    /** @description what this event says beyond its organizer and its venue */
                    policy: {
                        authorisedResellers?: "any" | string[];
                        buyerFeeBps?: number;
                        /** @enum {string} */
                        capBasis?: "face" | "face+fees";
                        capBps?: number | null;
                        /** @enum {string} */
                        clearing?: "lottery" | "uniform-price";
                        complimentaryNotResellable?: boolean;
                        credentialRequired?: boolean;
                        /** @enum {string} */
                        feePayer?: "seller" | "buyer";
                        /** @enum {string} */
                        gateCheck?: "code" | "sample" | "document";
                        habitualThreshold?: number | null;
                        jurisdiction?: ("UK" | "IE" | "FR" | "BE" | "IT" | "AU-VIC" | "AU-NSW") | null;
                        mandatoryDisclosure?: ("faceValue" | "place" | "restrictions" | "sellerKind" | "connection")[];
                        /** @enum {string} */
                        market?: "direct" | "sealed" | "both";
                        maxHops?: number | null;
                        minHoldingPeriodSeconds?: number;
                        mustAllowTransfer?: boolean;
                        organizerRoyaltyBps?: number;
                        perPersonLimit?: {
                            primary: number;
                            resale: number;
                        };
                        platformFeeCapBps?: number | null;
                        postponeClaimWindowSeconds?: number;
                        /** @enum {string} */
                        refundFees?: "none" | "all";
                        /** @enum {string} */
                        resaleOpensAfter?: "salesOpen" | "soldOut" | "salesClose";
                        resaleWindow?: {
                            closesBeforeStartSeconds: number;
                            opensBeforeStartSeconds: number | null;
                        };
                        returnDeadlineSeconds?: number | null;
                        salesWindow?: {
                            closesBeforeStartSeconds: number;
                            opensBeforeStartSeconds: number | null;
                        };
                        sellerFeeBps?: number;
                        /** @enum {string} */
                        transfer?: "forbidden" | "allowed";
                        transferWindow?: {
                            closesBeforeStartSeconds: number;
                            opensBeforeStartSeconds: number | null;
                        };
                        venueBps?: number;
                    };
                    /** @description SHA-256 of the rules that must come of it */
                    policyHash?: string;
                    schedule: {
                        /** Format: date-time */
                        doorsOpenAt: string;
                        /** Format: date-time */
                        endsAt: string;
                        /** Format: date-time */
                        salesCloseAt: string;
                        /** Format: date-time */
                        salesOpenAt: string;
                        /** Format: date-time */
                        startsAt: string;
                        /** Format: date-time */
                        transfersCloseAt: string;
                    };
                    venue: string;
                } | {
                    /** @description JWS compact serialization */
                    statement: string;
                };
            };
        };
        responses: {
            /** @description created before */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        event: string;
                        /** @description the id under which the command is remembered */
                        id: string;
                        tx: string;
                    };
                };
            };
            /** @description created */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        event: string;
                        /** @description the id under which the command is remembered */
                        id: string;
                        tx: string;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvent: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    advanceEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    id?: string;
                };
            };
        };
        responses: {
            /** @description recorded */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAllotments: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allotments: components["schemas"]["Allotment"][];
                        next?: string;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAllotments: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": ({
                    allotment: string;
                    facePriceMinor: number;
                    fees: {
                        amountMinor: number;
                        kind: string;
                        payee: string;
                    }[];
                    id?: string;
                    pool?: {
                        from: number;
                        section: string;
                        to: number;
                    };
                    priceClass: string;
                    seats?: {
                        rows: [
                            string,
                            number,
                            number
                        ][];
                        section: string;
                    };
                    seller: string;
                } | {
                    /** @description JWS compact serialization */
                    statement: string;
                }) | ({
                    allotment: string;
                    facePriceMinor: number;
                    fees: {
                        amountMinor: number;
                        kind: string;
                        payee: string;
                    }[];
                    id?: string;
                    pool?: {
                        from: number;
                        section: string;
                        to: number;
                    };
                    priceClass: string;
                    seats?: {
                        rows: [
                            string,
                            number,
                            number
                        ][];
                        section: string;
                    };
                    seller: string;
                } | {
                    /** @description JWS compact serialization */
                    statement: string;
                })[];
            };
        };
        responses: {
            /** @description one, created before; or the outcomes of many */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allotment: string;
                        block?: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        places: number;
                        tx: string;
                    } | {
                        outcomes: ({
                            receipt: {
                                allotment: string;
                                block?: number;
                                /** @description the id under which the command is remembered */
                                id: string;
                                places: number;
                                tx: string;
                            };
                            status: 200 | 201;
                        } | {
                            problem: components["schemas"]["Problem"];
                            status: number;
                        })[];
                    };
                };
            };
            /** @description one, created */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allotment: string;
                        block?: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        places: number;
                        tx: string;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAllotment: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                allotment: string;
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Allotment"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAvailability: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                allotment: string;
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description counts, and the free places as runs of numbers */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        free: number;
                        /** @description in a cart, by this gateway’s holds */
                        held: number;
                        places: number;
                        runs: {
                            from: number;
                            row?: string;
                            to: number;
                        }[];
                        section: string;
                        sold: number;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeAllotment: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                allotment: string;
                event: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    id?: string;
                };
            };
        };
        responses: {
            /** @description closed */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEventAvailability: {
        parameters: {
            query?: {
                allotment?: string;
                detail?: "counts" | "places";
                "min-block"?: number;
                priceClass?: string;
                seller?: string;
            };
            header?: {
                "if-none-match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description counts, and places where they were asked for */
            200: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allotments: components["schemas"]["AllotmentAvailability"][];
                        classes: {
                            /** @description in allotments that are open */
                            free: number;
                            /** @description the lowest price with fees; absent where none is free */
                            fromMinor?: number;
                            /** @description not free because somebody has them in a cart, as far as this gateway knows: of its own organization’s allotments */
                            held: number;
                            places: number;
                            priceClass: string;
                        }[];
                        currency: string;
                        event: string;
                        /** @description in allotments that are open */
                        free: number;
                        /** @description not free because somebody has them in a cart, as far as this gateway knows: of its own organization’s allotments */
                        held: number;
                        places: number;
                    };
                };
            };
            /** @description nothing has changed since the ETag of If-None-Match */
            304: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "cancel" | "postpone";
                    /** @description the event's change number that you saw */
                    change: number;
                    id?: string;
                    schedule?: {
                        /** Format: date-time */
                        doorsOpenAt: string;
                        /** Format: date-time */
                        endsAt: string;
                        /** Format: date-time */
                        salesCloseAt: string;
                        /** Format: date-time */
                        salesOpenAt: string;
                        /** Format: date-time */
                        startsAt: string;
                        /** Format: date-time */
                        transfersCloseAt: string;
                    };
                } | {
                    /** @description JWS compact serialization */
                    statement: string;
                };
            };
        };
        responses: {
            /** @description changed */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        change: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        tx: string;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDevices: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        devices: components["schemas"]["Device"][];
                        next?: string;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device: string;
                    id?: string;
                    jwk: {
                        /** @constant */
                        crv: "P-256";
                        /** @constant */
                        kty: "EC";
                        x: string;
                        y: string;
                    };
                    /** Format: date-time */
                    notAfter: string;
                };
            };
        };
        responses: {
            /** @description registered before */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        device: string;
                        /** @description the id under which the command is remembered */
                        id: string;
                        kid: string;
                        tx: string;
                    };
                };
            };
            /** @description registered */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        device: string;
                        /** @description the id under which the command is remembered */
                        id: string;
                        kid: string;
                        tx: string;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeDevice: {
        parameters: {
            query?: {
                id?: string;
            };
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                device: string;
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description revoked */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginHandshake: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device: string;
                    /** Format: date-time */
                    notAfter: string;
                };
            };
        };
        responses: {
            /** @description begun */
            201: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceHandshake"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDoor: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoorList"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enrolCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description by attestors of two organizations, of a replacement that waits less (guichet-key-approval+jwt) */
                    approvals?: string[];
                    /** @description by the old key, of a replacement that counts at once (guichet-key-release+jwt) */
                    release?: string;
                    /** @description by as many nodes of the committee as make it up */
                    statements: string[];
                };
            };
        };
        responses: {
            /** @description enrolled before, with the same key: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolledCredential"];
                };
            };
            /** @description enrolled */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolledCredential"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEnrolment: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                credential: string;
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Enrolment"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activateEnrolment: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                credential: string;
                event: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    id?: string;
                };
            };
        };
        responses: {
            /** @description recorded */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        /** @description the pseudonym at this event, which holds its tickets */
                        credential: string;
                        event: string;
                        /** @description the id under which the command is remembered */
                        id: string;
                        tx: string;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHolder: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
                holder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description its counts and its balance */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Holder"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listListings: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        listings: components["schemas"]["Listing"][];
                        next?: string;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMarkets: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        markets: components["schemas"]["Market"][];
                        next?: string;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openMarket: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description from then on anybody may abort it, until enough shares of its key are posted
                     */
                    abortableAt: string;
                    allotments?: string[];
                    buyerFeeBps: number;
                    /** Format: date-time */
                    closesAt: string;
                    /** @description the amounts that can be deposited */
                    depositSteps: number[];
                    /** @description by organization, how much it may hold in deposits */
                    guarantees: {
                        [key: string]: number;
                    };
                    id?: string;
                    /** @description one more than the event's newest, 1 for the first */
                    market: number;
                    priceClasses?: string[];
                    /** @description by organization, how many orders it may bring */
                    quotas: {
                        [key: string]: number;
                    };
                    sellerFeeBps: number;
                    /**
                     * @description holders' asks, unsold places, or returned ones
                     * @enum {string}
                     */
                    supply: "resale" | "ballot" | "returns";
                } | {
                    /** @description JWS compact serialization */
                    statement: string;
                };
            };
        };
        responses: {
            /** @description opened before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarketReceipt"];
                };
            };
            /** @description opened */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarketReceipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainPolicy: {
        parameters: {
            query?: {
                askMinor?: number;
                buyerFeeMinor?: number;
                language?: "en" | "fr";
                "min-block"?: number;
                priceClass?: string;
                sellerFeeMinor?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the rules */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedPolicy"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    classes?: {
                        [key: string]: {
                            authorisedResellers?: "any" | string[];
                            buyerFeeBps?: number;
                            /** @enum {string} */
                            capBasis?: "face" | "face+fees";
                            capBps?: number | null;
                            complimentaryNotResellable?: boolean;
                            /** @enum {string} */
                            feePayer?: "seller" | "buyer";
                            mandatoryDisclosure?: ("faceValue" | "place" | "restrictions" | "sellerKind" | "connection")[];
                            /** @enum {string} */
                            market?: "direct" | "sealed" | "both";
                            minHoldingPeriodSeconds?: number;
                            organizerRoyaltyBps?: number;
                            platformFeeCapBps?: number | null;
                            /** @enum {string} */
                            refundFees?: "none" | "all";
                            sellerFeeBps?: number;
                            venueBps?: number;
                        };
                    };
                    id?: string;
                    /** @description parameters that change */
                    policy: {
                        authorisedResellers?: "any" | string[];
                        buyerFeeBps?: number;
                        /** @enum {string} */
                        capBasis?: "face" | "face+fees";
                        capBps?: number | null;
                        /** @enum {string} */
                        clearing?: "lottery" | "uniform-price";
                        complimentaryNotResellable?: boolean;
                        credentialRequired?: boolean;
                        /** @enum {string} */
                        feePayer?: "seller" | "buyer";
                        /** @enum {string} */
                        gateCheck?: "code" | "sample" | "document";
                        habitualThreshold?: number | null;
                        jurisdiction?: ("UK" | "IE" | "FR" | "BE" | "IT" | "AU-VIC" | "AU-NSW") | null;
                        mandatoryDisclosure?: ("faceValue" | "place" | "restrictions" | "sellerKind" | "connection")[];
                        /** @enum {string} */
                        market?: "direct" | "sealed" | "both";
                        maxHops?: number | null;
                        minHoldingPeriodSeconds?: number;
                        mustAllowTransfer?: boolean;
                        organizerRoyaltyBps?: number;
                        perPersonLimit?: {
                            primary: number;
                            resale: number;
                        };
                        platformFeeCapBps?: number | null;
                        postponeClaimWindowSeconds?: number;
                        /** @enum {string} */
                        refundFees?: "none" | "all";
                        /** @enum {string} */
                        resaleOpensAfter?: "salesOpen" | "soldOut" | "salesClose";
                        resaleWindow?: {
                            closesBeforeStartSeconds: number;
                            opensBeforeStartSeconds: number | null;
                        };
                        returnDeadlineSeconds?: number | null;
                        salesWindow?: {
                            closesBeforeStartSeconds: number;
                            opensBeforeStartSeconds: number | null;
                        };
                        sellerFeeBps?: number;
                        /** @enum {string} */
                        transfer?: "forbidden" | "allowed";
                        transferWindow?: {
                            closesBeforeStartSeconds: number;
                            opensBeforeStartSeconds: number | null;
                        };
                        venueBps?: number;
                    };
                    /** @description SHA-256 of the rules that must come of it */
                    policyHash?: string;
                    /** @description one more than the version that you saw */
                    version: number;
                } | {
                    /** @description JWS compact serialization */
                    statement: string;
                };
            };
        };
        responses: {
            /** @description changed */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        event: string;
                        /** @description the id under which the command is remembered */
                        id: string;
                        policyHash: string;
                        tx: string;
                        version: number;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeSales: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    id?: string;
                };
            };
        };
        responses: {
            /** @description recorded */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopenSales: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    id?: string;
                };
            };
        };
        responses: {
            /** @description recorded */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchAccounts: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                "if-none-match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            account: string;
                            /** @description decimal digits: it may be beyond 2^53 */
                            balanceMinor: string;
                        }[];
                        next?: string;
                    };
                };
            };
            /** @description nothing has changed since the ETag of If-None-Match */
            304: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchHistory: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
                place?: string;
            };
            header?: {
                "if-none-match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next?: string;
                        versions: components["schemas"]["TicketVersion"][];
                    };
                };
            };
            /** @description nothing has changed since the ETag of If-None-Match */
            304: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchHolders: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                "if-none-match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holders: {
                            /** @description minor units of the event's currency */
                            balanceMinor: number;
                            boughtPrimary: number;
                            boughtResale: number;
                            held: number;
                            holder: string;
                            resold: number;
                        }[];
                        next?: string;
                    };
                };
            };
            /** @description nothing has changed since the ETag of If-None-Match */
            304: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchListings: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                maxTotalMinor?: number;
                "min-block"?: number;
                priceClass?: string;
                reseller?: string;
                state?: "open" | "sold" | "withdrawn" | "expired";
            };
            header?: {
                "if-none-match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        listings: components["schemas"]["FoundListing"][];
                        next?: string;
                    };
                };
            };
            /** @description nothing has changed since the ETag of If-None-Match */
            304: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchMarkets: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                "if-none-match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        markets: components["schemas"]["FoundMarket"][];
                        next?: string;
                    };
                };
            };
            /** @description nothing has changed since the ETag of If-None-Match */
            304: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchResales: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
                reseller?: string;
            };
            header?: {
                "if-none-match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next?: string;
                        resales: components["schemas"]["FoundResale"][];
                    };
                };
            };
            /** @description nothing has changed since the ETag of If-None-Match */
            304: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchTickets: {
        parameters: {
            query?: {
                after?: string;
                allotment?: string;
                holder?: string;
                limit?: number;
                "min-block"?: number;
                state?: "sold" | "listed" | "admitted" | "exited" | "returned" | "refunded" | "void";
            };
            header?: {
                "if-none-match"?: string;
                "min-block"?: number;
            };
            path: {
                event: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next?: string;
                        tickets: components["schemas"]["Ticket"][];
                    };
                };
            };
            /** @description nothing has changed since the ETag of If-None-Match */
            304: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createExpiry: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ticket: string;
                };
            };
        };
        responses: {
            /** @description recorded before, under the same `Idempotency-Key`: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketChange"];
                };
            };
            /** @description recorded */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketChange"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answerHandshake: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                handshake: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    jwk: {
                        /** @constant */
                        crv: "P-256";
                        /** @constant */
                        kty: "EC";
                        x: string;
                        y: string;
                    };
                    /** @description `guichet-device-handshake+jwt` over `channel` and `handshake`, signed by the key, with `jwk` in its header */
                    possession: string;
                };
            };
        };
        responses: {
            /** @description the same key was registered by it before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceOfHandshake"];
                };
            };
            /** @description registered */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceOfHandshake"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOwnAccounts: {
        parameters: {
            query?: {
                after?: string;
                credential?: string;
                event?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: components["schemas"]["OwnAccount"][];
                        holder: string;
                        next?: string;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOwnTickets: {
        parameters: {
            query?: {
                after?: string;
                credential?: string;
                event?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holder: string;
                        next?: string;
                        tickets: components["schemas"]["OwnTicket"][];
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description from this allotment */
                    allotment?: string;
                    event: string;
                    id?: string;
                    /**
                     * @description from now
                     * @default 10
                     */
                    minutes?: number;
                    priceClass?: string;
                    quantity?: number;
                    seats?: string[];
                };
            };
        };
        responses: {
            /** @description held before, under the same id: as it is now */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            /** @description held */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHold: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                hold: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allotment: string;
                        event: string;
                        /** Format: date-time */
                        expiresAt: string;
                        hold: string;
                        /**
                         * Format: date-time
                         * @description it can't be extended beyond, 60 minutes after it was made
                         */
                        latestAt: string;
                        /** @description of its seats: sold without it, by what the ledger says */
                        lost: string[];
                        priceClass: string;
                        /** @description those that are still to be sold by it */
                        seats: string[];
                        /** @description those that were */
                        sold: string[];
                        /** @enum {string} */
                        state: "held" | "sold" | "released" | "expired";
                    };
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path: {
                hold: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description released, now or before */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    extendHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path: {
                hold: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description from now
                     * @default 10
                     */
                    minutes?: number;
                };
            };
        };
        responses: {
            /** @description it, never shorter than before */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIdentityPolicy: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityPolicy"];
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postKeyMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description `guichet-key-message+jwt` */
                    statement: string;
                };
            };
        };
        responses: {
            /** @description posted before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        generation: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        /** @description `dedup`, the key by which nobody registers twice, or the event or market whose key it is */
                        key: string;
                        tx: string;
                    };
                };
            };
            /** @description posted */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        generation: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        /** @description `dedup`, the key by which nobody registers twice, or the event or market whose key it is */
                        key: string;
                        tx: string;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the dedup key if absent */
                    event?: string;
                    /** @description one more than the newest, 1 for the first */
                    generation: number;
                    id?: string;
                    /** @description which of the event's markets; the event's own key if absent */
                    market?: number;
                };
            };
        };
        responses: {
            /** @description begun before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        epoch: number;
                        generation: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        /** @description `dedup`, the key by which nobody registers twice, or the event or market whose key it is */
                        key: string;
                        tx: string;
                    };
                };
            };
            /** @description begun */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        epoch: number;
                        generation: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        /** @description `dedup`, the key by which nobody registers twice, or the event or market whose key it is */
                        key: string;
                        tx: string;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getKey: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitteeKey"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getKeyGeneration: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                generation: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyGeneration"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    advanceKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                generation: number;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    id?: string;
                };
            };
        };
        responses: {
            /** @description recorded */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        generation: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        /** @description `dedup`, the key by which nobody registers twice, or the event or market whose key it is */
                        key: string;
                        /**
                         * @description that begins
                         * @enum {string}
                         */
                        round: "announce" | "deal" | "verdict" | "ready" | "usable" | "failed" | "destroyed";
                        tx: string;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createListing: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the holder's offer (guichet-listing+jwt) */
                    listing: string;
                };
            };
        };
        responses: {
            /** @description listed before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listed"];
                };
            };
            /** @description listed */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listed"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMarket: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                market: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarketView"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    advanceMarket: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                market: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what was done, and what is awaited */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarketAdvance"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDeposit: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                market: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the buyer's word (guichet-deposit+jwt) */
                    statement: string;
                };
            };
        };
        responses: {
            /** @description deposited before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositReceipt"];
                };
            };
            /** @description deposited */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositReceipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDeposit: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                credential: string;
                market: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deposit"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                market: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the client's own, to which the order is sealed */
                    id: string;
                    /** @description HPKE (RFC 9180) to the market's key: enc, ciphertext and tag in base64url */
                    sealed: string;
                };
            };
        };
        responses: {
            /** @description there before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderReceipt"];
                };
            };
            /** @description in its slot */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderReceipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                market: string;
                mspId: string;
                slot: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealedOrder"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrderProof: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                market: string;
                mspId: string;
                slot: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderProof"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listResults: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                market: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description some pages */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next?: string;
                        pages: {
                            page: number;
                            trades: components["schemas"]["Trade"][];
                        }[];
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDepositWithdrawal: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                market: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the person's word (guichet-deposit-withdrawal+jwt) */
                    statement: string;
                };
            };
        };
        responses: {
            /** @description withdrawn before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositWithdrawalReceipt"];
                };
            };
            /** @description withdrawn */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositWithdrawalReceipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNetwork: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as this gateway sees it */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        channel: string;
                        consensus: string;
                        currentHash: string;
                        gateway: string;
                        height: number;
                        orderers: components["schemas"]["Node"][];
                        peers: components["schemas"]["Node"][];
                    };
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOrganizations: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description all of them */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        organizations: components["schemas"]["Organization"][];
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrganization: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                mspId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: components["schemas"]["OrganizationKey"][];
                        mspId: string;
                        name: string;
                        roles: ("organizer" | "reseller" | "venue" | "trustee")[];
                        /** @enum {string} */
                        status: "active" | "suspended";
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                mspId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    /** @description a key that lives elsewhere; without it the signer makes one, the same for the same id */
                    jwk?: {
                        /** @constant */
                        crv: "P-256";
                        /** @constant */
                        kty: "EC";
                        x: string;
                        y: string;
                    };
                    /** Format: date-time */
                    notAfter: string;
                    /** Format: date-time */
                    notBefore: string;
                    /** @enum {string} */
                    use: "event" | "seller" | "attestor";
                };
            };
        };
        responses: {
            /** @description registered before */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        kid: string;
                        tx: string;
                    };
                };
            };
            /** @description registered */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        kid: string;
                        tx: string;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: {
                id?: string;
            };
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                kid: string;
                mspId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description revoked */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrganizationPolicy: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                mspId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDefaults"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPayments: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
                state?: "created" | "action_required" | "authorized" | "sold" | "captured" | "voiding" | "voided" | "refunding" | "refunded" | "failed";
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next?: string;
                        payments: components["schemas"]["Payment"][];
                        provider: string;
                        /** @description no money moves */
                        test: boolean;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPayment: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                payment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refundPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                payment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the holder's word (guichet-payout+jwt) */
                    payout: string;
                };
            };
        };
        responses: {
            /** @description refunded before by the same payout */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description refunded */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPayout: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the holder's word (guichet-payout+jwt) */
                    payout: string;
                };
            };
        };
        responses: {
            /** @description paid before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutReceipt"];
                };
            };
            /** @description paid */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutReceipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerPerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description by attestors of two organizations, of a replacement that waits less (guichet-key-approval+jwt) */
                    approvals?: string[];
                    /** @description the pseudonym */
                    person: string;
                    /** @description by the old key, of a replacement that counts at once (guichet-key-release+jwt) */
                    release?: string;
                    /** @description by as many nodes of the committee as make it up */
                    statements: string[];
                };
            };
        };
        responses: {
            /** @description registered before, with the same key: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredPerson"];
                };
            };
            /** @description registered */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredPerson"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPerson: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activatePerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    id?: string;
                };
            };
        };
        responses: {
            /** @description recorded */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        /** @description the pseudonym */
                        person: string;
                        tx: string;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    policy: components["schemas"]["PolicyPart"];
                };
            };
        };
        responses: {
            /** @description set before */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        tx: string;
                        version: number;
                    };
                };
            };
            /** @description set */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        tx: string;
                        version: number;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProposals: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next?: string;
                        proposals: components["schemas"]["Proposal"][];
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createProposal: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action: {
                        /** @constant */
                        kind: "organization.admit";
                        organization: {
                            mspId: string;
                            name: string;
                            roles: ("organizer" | "reseller" | "venue" | "trustee")[];
                        };
                    } | {
                        /** @constant */
                        kind: "organization.roles";
                        mspId: string;
                        roles: ("organizer" | "reseller" | "venue" | "trustee")[];
                    } | {
                        /** @constant */
                        kind: "organization.suspend";
                        mspId: string;
                        reason: string;
                    } | {
                        /** @constant */
                        kind: "organization.reinstate";
                        mspId: string;
                    } | {
                        epoch: number;
                        /** @constant */
                        kind: "committee.appoint";
                        members: {
                            jwk: {
                                /** @constant */
                                crv: "P-256";
                                /** @constant */
                                kty: "EC";
                                x: string;
                                y: string;
                            };
                            mspId: string;
                            node: string;
                        }[];
                        threshold: number;
                    };
                    /** Format: date-time */
                    expiresAt: string;
                    id?: string;
                };
            };
        };
        responses: {
            /** @description proposed before */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voted"];
                };
            };
            /** @description proposed; carried out too, if that is a majority */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voted"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProposal: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                id: string;
                mspId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    expireProposal: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                id: string;
                mspId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    id?: string;
                };
            };
        };
        responses: {
            /** @description recorded */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voted"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createVote: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path: {
                id: string;
                mspId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the action that you have seen: a vote for another one is refused */
                    action: {
                        /** @constant */
                        kind: "organization.admit";
                        organization: {
                            mspId: string;
                            name: string;
                            roles: ("organizer" | "reseller" | "venue" | "trustee")[];
                        };
                    } | {
                        /** @constant */
                        kind: "organization.roles";
                        mspId: string;
                        roles: ("organizer" | "reseller" | "venue" | "trustee")[];
                    } | {
                        /** @constant */
                        kind: "organization.suspend";
                        mspId: string;
                        reason: string;
                    } | {
                        /** @constant */
                        kind: "organization.reinstate";
                        mspId: string;
                    } | {
                        epoch: number;
                        /** @constant */
                        kind: "committee.appoint";
                        members: {
                            jwk: {
                                /** @constant */
                                crv: "P-256";
                                /** @constant */
                                kty: "EC";
                                x: string;
                                y: string;
                            };
                            mspId: string;
                            node: string;
                        }[];
                        threshold: number;
                    };
                    approve: boolean;
                    id?: string;
                };
            };
        };
        responses: {
            /** @description voted before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voted"];
                };
            };
            /** @description voted */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Voted"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRefund: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the holder's claim (guichet-refund-claim+jwt) */
                    claim: string;
                };
            };
        };
        responses: {
            /** @description refunded before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paid"];
                };
            };
            /** @description refunded */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paid"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createResale: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the buyer's purchase (guichet-resale-purchase+jwt) */
                    purchase: string;
                };
            };
        };
        responses: {
            /** @description sold before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResaleReceipt"];
                };
            };
            /** @description sold */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResaleReceipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createReturn: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description JWS compact serialization */
                    statement: string;
                };
            };
        };
        responses: {
            /** @description done before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketChange"];
                };
            };
            /** @description done */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketChange"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSale: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description sell from this allotment */
                    allotment?: string;
                    /** @description sell seats of this hold */
                    hold?: string;
                    /** @description reserve the price, sell, then take it; absent: it is paid in another way */
                    payment?: {
                        /** @description the provider's token of a card or another method; never a card's number */
                        method: string;
                        /**
                         * Format: uri
                         * @description where the buyer comes back to if the provider sends him away to confirm
                         */
                        returnUrl?: string;
                    };
                    /** @description the buyer's purchase request (guichet-purchase+jwt) */
                    request: string;
                    /** @description the sale (guichet-sale+jwt), if the seller signs it elsewhere */
                    sale?: string;
                };
            };
        };
        responses: {
            /** @description sold before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SaleReceipt"];
                };
            };
            /** @description sold */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SaleReceipt"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            402: components["responses"]["Problem402"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchEvents: {
        parameters: {
            query?: {
                after?: string;
                currency?: string;
                from?: string;
                limit?: number;
                "min-block"?: number;
                onSale?: "true" | "false";
                organizer?: string;
                priceClass?: string;
                q?: string;
                state?: "scheduled" | "cancelled";
                to?: string;
                venue?: string;
            };
            header?: {
                "if-none-match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: components["schemas"]["FoundEvent"][];
                        next?: string;
                    };
                };
            };
            /** @description nothing has changed since the ETag of If-None-Match */
            304: {
                headers: {
                    /** @description the block that last changed what the answer is made of */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadModel: {
        parameters: {
            query?: never;
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description numbers of blocks */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description that are in */
                        height: number;
                        /** @description that there are, as far as this gateway has heard */
                        ledger: number;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSettlement: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the newest if absent */
                    issue?: number;
                    ticket: string;
                };
            };
        };
        responses: {
            /** @description credited before, under the same `Idempotency-Key`: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paid"];
                };
            };
            /** @description credited */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paid"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatement: {
        parameters: {
            query: {
                after?: string;
                currency: string;
                format?: "json" | "csv";
                from?: string;
                limit?: number;
                "min-block"?: number;
                organization?: string;
                through?: number;
                to?: string;
            };
            header?: {
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the statement */
            200: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                after?: string;
                event?: string;
                from?: number;
                limit?: number;
                "min-block"?: number;
                type?: string;
            };
            header?: {
                "last-event-id"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page; as a stream each `data` is one event, its `id` the event’s, and comments come between */
            200: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: components["schemas"]["LedgerEvent"][];
                        /** @description everything up to there was looked at: `after` of the next page */
                        next?: string;
                    };
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicket: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                ticket: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketCertificate: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                ticket: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Certificate"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketHistory: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                ticket: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description its versions */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ticket: string;
                        versions: {
                            /** @description when the holder got it: seconds since 1970 */
                            acquiredAt: number;
                            allotment: string;
                            block: number;
                            /** @description who bought it, where that is not the holder */
                            buyer?: string;
                            change: number;
                            /** @description kinds of the commands that did it, in their order */
                            commands: string[];
                            entered: number;
                            /** @description minor units of the event's currency */
                            firstPriceMinor: number;
                            holder: string;
                            hops: number;
                            issue: number;
                            /**
                             * @description what its holder is owed since it ended
                             * @enum {string}
                             */
                            owed?: "return" | "refund" | "remainder";
                            /**
                             * Format: date-time
                             * @description when a return is refunded at the latest
                             */
                            owedFrom?: string;
                            /** @description minor units of the event's currency */
                            paidMinor: number;
                            /** @description of this issue, the oldest first */
                            readonly resales?: components["schemas"]["Resale"][];
                            /** @enum {string} */
                            state: "sold" | "listed" | "admitted" | "exited" | "returned" | "refunded" | "void";
                            /** Format: date-time */
                            timestamp: string;
                            tx: string;
                        }[];
                    };
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getListing: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                ticket: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Listing"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlement: {
        parameters: {
            query?: {
                issue?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                ticket: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settlement"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTransaction: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                tx: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transaction"];
                };
            };
            /** @description one of `If-None-Match` still holds; `ETag` has the newer height */
            304: {
                headers: {
                    /** @description the height up to which blocks were seen when it was read, and a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTransfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description JWS compact serialization */
                    acceptance: string;
                    /** @description JWS compact serialization */
                    transfer: string;
                };
            };
        };
        responses: {
            /** @description done before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketChange"];
                };
            };
            /** @description done */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketChange"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createVeto: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description `guichet-key-veto+jwt` */
                    statement: string;
                };
            };
        };
        responses: {
            /** @description vetoed before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        /** @description used up by it */
                        sequence: number;
                        /** @description a person or a credential */
                        subject: string;
                        tx: string;
                    };
                };
            };
            /** @description the old key stays */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        block?: number;
                        /** @description the id under which the command is remembered */
                        id: string;
                        /** @description used up by it */
                        sequence: number;
                        /** @description a person or a credential */
                        subject: string;
                        tx: string;
                    };
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createVoid: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    change: number;
                    holder: string;
                    id?: string;
                    issue: number;
                    /** @enum {string} */
                    reason: "fraud" | "payment" | "error" | "production";
                    ticket: string;
                } | {
                    /** @description JWS compact serialization */
                    statement: string;
                };
            };
        };
        responses: {
            /** @description done before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketChange"];
                };
            };
            /** @description done */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketChange"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next?: string;
                        webhooks: components["schemas"]["Webhook"][];
                    };
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    event?: string;
                    /** @description begin with this block; now, if absent */
                    from?: number;
                    id?: string;
                    /** @default 1 */
                    maxEvents?: number;
                    types?: ("admission.left" | "admission.recorded" | "admission.reentered" | "admission.undone" | "allotment.closed" | "allotment.created" | "committee-key.advanced" | "committee-key.begun" | "committee-key.posted" | "credential.activated" | "credential.enrolled" | "credential.vetoed" | "device.registered" | "device.revoked" | "event.advanced" | "event.cancelled" | "event.created" | "event.policy-changed" | "event.postponed" | "key.registered" | "key.revoked" | "listing.created" | "listing.expired" | "listing.withdrawn" | "market.aborted" | "market.cleared" | "market.closed" | "market.deposited" | "market.finished" | "market.frozen" | "market.opened" | "market.order-taken" | "market.read" | "market.released" | "market.revealed" | "market.rooted" | "market.settled" | "market.share-revealed" | "market.supplied" | "market.withdrawn" | "payout.made" | "person.registered" | "policy.changed" | "proposal.created" | "proposal.expired" | "proposal.voted" | "resale.executed" | "sales.closed" | "sales.reopened" | "settlement.credited" | "ticket.refunded" | "ticket.returned" | "ticket.sold" | "ticket.transferred" | "ticket.voided")[];
                    /** Format: uri */
                    url: string;
                };
            };
        };
        responses: {
            /** @description created before; its secret was shown then */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description it, with its secret */
            201: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: {
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description it */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description removed */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                    };
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    event?: string | null;
                    maxEvents?: number;
                    /** @enum {string} */
                    state?: "active" | "paused";
                    types?: ("admission.left" | "admission.recorded" | "admission.reentered" | "admission.undone" | "allotment.closed" | "allotment.created" | "committee-key.advanced" | "committee-key.begun" | "committee-key.posted" | "credential.activated" | "credential.enrolled" | "credential.vetoed" | "device.registered" | "device.revoked" | "event.advanced" | "event.cancelled" | "event.created" | "event.policy-changed" | "event.postponed" | "key.registered" | "key.revoked" | "listing.created" | "listing.expired" | "listing.withdrawn" | "market.aborted" | "market.cleared" | "market.closed" | "market.deposited" | "market.finished" | "market.frozen" | "market.opened" | "market.order-taken" | "market.read" | "market.released" | "market.revealed" | "market.rooted" | "market.settled" | "market.share-revealed" | "market.supplied" | "market.withdrawn" | "payout.made" | "person.registered" | "policy.changed" | "proposal.created" | "proposal.expired" | "proposal.voted" | "resale.executed" | "sales.closed" | "sales.reopened" | "settlement.credited" | "ticket.refunded" | "ticket.returned" | "ticket.sold" | "ticket.transferred" | "ticket.voided")[] | null;
                    /** Format: uri */
                    url?: string;
                };
            };
        };
        responses: {
            /** @description as it is now */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
                "min-block"?: number;
            };
            header?: {
                /** @description entity tags of answers that you have: 304 without a body if one of them still holds */
                "If-None-Match"?: string;
                "min-block"?: number;
            };
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a page */
            200: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveries: components["schemas"]["WebhookDelivery"][];
                        next?: number;
                    };
                };
            };
            /** @description one of `If-None-Match` still holds */
            304: {
                headers: {
                    /** @description a digest of the answer */
                    ETag: string;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    from: number;
                };
            };
        };
        responses: {
            /** @description as it is now */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
            };
            path: {
                webhook: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default 86400 */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description it, with its new secret */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWithdrawal: {
        parameters: {
            query?: never;
            header?: {
                /** @description 8 to 64 letters, digits, '_', '.' and '-', bare or quoted. Where no id is given it is the command's id, by which the ledger remembers it for good; of what the ledger does not hear, the first answer is given again for a day. A caller has about 100,000 of those kept: then another key is answered 429 `IDEMPOTENCY_LIMIT_REACHED`, and only writes without one are carried out */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer 202 as soon as the command is on its way to the ledger (RFC 7240); with `wait=` not before so many seconds, at most 60, unless it is over earlier */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the seller's word (guichet-withdrawal+jwt) */
                    withdrawal: string;
                };
            };
        };
        responses: {
            /** @description withdrawn before: the first receipt */
            200: {
                headers: {
                    /** @description `true`: it was done before, and nothing was done now */
                    "Idempotency-Replayed"?: "true";
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketChange"];
                };
            };
            /** @description withdrawn */
            201: {
                headers: {
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketChange"];
                };
            };
            /** @description on its way to the ledger; `Location` says what becomes of it */
            202: {
                headers: {
                    /** @description what becomes of it */
                    Location: string;
                    "Preference-Applied": "respond-async";
                    /** @description seconds */
                    "Retry-After": number;
                    /** @description as in the log */
                    "X-Request-Id": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            500: components["responses"]["Problem500"];
            502: components["responses"]["Problem502"];
            503: components["responses"]["Problem503"];
            504: components["responses"]["Problem504"];
            /** @description Problem (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
