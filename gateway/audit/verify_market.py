#!/usr/bin/env python3
"""Recomputes a sealed market from an export of `npm run audit -- market <id> --export FILE`.

Shares no code with Guichet: this file and the folder verifier/ beside it are written from chaincode/README.md, "Sealed markets", and from
RFC 6962, 7515, 7518, 7638 and 9180. Needs Python 3.10 and the package `cryptography`. Prints the first difference and ends with 1, else one line.

    python3 verify_market.py FILE        verifies an export
    python3 verify_market.py hpke        seals and opens what standard input says (JSON, hex), for tests of the two implementations
    python3 verify_market.py uniform     clears the books of standard input (JSON), each at one price, for the same
"""
from __future__ import annotations

import json
import sys
from collections import defaultdict

from verifier.clearing import Book, resolve
from verifier.course import pages_settled, present, seconds, silent_nodes, stage_of
from verifier.primitives import (
    Difference, Json, Void, decode, encode, hpke_open, hpke_seal, jwk_of, mac, need, private_key, public_bytes, same, thumbprint,
    transcript, tree_hash,
)
from verifier.statements import DEPOSIT, GUEST, MAX_SAFE, WITHDRAWAL, Statement, order_form, type_of

Entry = list  # [account, minor units, kind]
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ENDED = ("returned", "refunded", "void")
SLOTS_PER_PAGE, PLACES_PER_PAGE, TRADES_PER_PAGE, MAX_RESALES = 256, 256, 32, 32
ORDER_BYTES = {"resale": 1600, "ballot": 4096, "returns": 1600}


def share_of(minor: int, bps: int) -> int:
    return minor * bps // 10_000


def safe(minor: int) -> int:
    need(minor <= MAX_SAFE, "AMOUNT_OVERFLOW")
    return minor


class Market:
    """One export, verified step by step: each method compares what it computes with what the export says."""

    def __init__(self, exported: Json) -> None:
        self.x = exported
        same("format", "guichet/market-export/v1", exported["format"])
        self.event, self.number, self.id = exported["event"], exported["market"], exported["id"]
        same("id", f"{self.event}:m{self.number}", self.id)
        self.terms: Json = {}
        self.secret = 0
        self.deposits: dict[str, tuple[str, int]] = {}
        self.held: dict[str, int] = {}
        self.shares: dict[int, int] = {}

    def verify(self) -> str:
        x = self.x
        stage = stage_of(x)
        self.opening()
        present(x, stage, len(self.pages))
        self.taken(stage)
        self.freeze()
        self.posted()
        if x["secret"] is not None:
            self.reveal()
            for page in range(len(self.pages)):
                self.read(page)
        self.supply()
        if x["result"] is not None:
            self.clear()
            pages_settled(x)
            self.settle()
        self.end()
        return (f"{self.id}: {x['state']}; everything agrees. {len(x['orders'])} orders, {len(x['trades'])} trades, "
                f"{sum(minor for _, minor in self.deposits.values())} deposited; event key {thumbprint(x['opening']['eventKey'])}\n"
                f"believed: {self.believed()}")

    def believed(self) -> str:
        """What no signature of the export says; who reads it compares it with what he knows from elsewhere."""
        x, end = self.x, self.x["end"]
        said = f"organizer {x['organizer']}, venue {x['venue']}, clearing {x['clearing']}, doors open at {x['doorsOpenAt']}, state {x['state']}"
        if end is None:
            return said
        cancelled = ", the event cancelled" if end["cancelled"] else ""
        return f"{said} from {end['from']} at {end['at']}, doors {end['doors']}{cancelled}"

    def ours(self, where: str, statement: Statement) -> None:
        said = [statement.payload.get(name) for name in ("channel", "event", "market")]
        same(where, [self.x["channel"], self.event, self.number], said)

    def opening(self) -> None:
        """The organizer's terms, by the event's key."""
        opening = Statement("market", self.x["opening"]["statement"])
        self.ours("opening", opening)
        same("opening.signature", True, opening.signed_by(self.x["opening"]["eventKey"]))
        self.terms = opening.payload
        same("clearing", self.x["opening"]["policy"]["clearing"], self.x["clearing"])
        same("organizer", self.event.split(":")[0], self.x["organizer"])
        self.pages = [
            (msp, start, min(SLOTS_PER_PAGE, slots - start))
            for msp, slots in sorted(self.terms["quotas"].items())
            for start in range(0, slots, SLOTS_PER_PAGE)
        ]

    def taken(self, stage: str) -> None:
        """Deposits by those who made them, within guarantees, and what was taken back; the close by t nodes that hold the key."""
        self.guaranteed: dict[str, int] = defaultdict(int)
        self.references: set[tuple[str, str]] = set()
        for at, compact in enumerate(self.x["deposits"]):
            withdrawn = type_of(compact) == "guichet-deposit-withdrawal+jwt"
            statement = Statement("deposit-withdrawal", compact, WITHDRAWAL) if withdrawn else Statement("deposit", compact, DEPOSIT)
            self.ours(f"deposits[{at}]", statement)
            same(f"deposits[{at}].signature", True, statement.signed_by(statement.jwk))
            (self.withdraw if withdrawn else self.deposit)(f"deposits[{at}]", statement.payload)
            credential = statement.payload["credential"]
            self.held[credential] = self.deposits.get(credential, ("", 0))[1]
            same(f"deposits[{at}]: key of {credential}", self.x["depositKeys"][at], statement.signer)
        if stage != "open":
            same("closings", True, len(self.heard("closings", self.x["closings"])) >= self.x["key"]["threshold"])

    def heard(self, where: str, closings: list[str]) -> set[int]:
        """Nodes with a share of the key that say that the market has closed."""
        signers = {self.node(f"{where}[{at}]", "market-close", compact) for at, compact in enumerate(closings)}
        return {index for index in signers if str(index) in self.x["key"]["publicShares"]}

    def deposit(self, where: str, said: Json) -> None:
        reseller, held = self.deposits.get(said["credential"], (said["reseller"], 0))
        same(f"{where}.reseller", reseller, said["reseller"])
        same(f"{where}.amountMinor", True, said["amountMinor"] in self.terms["depositSteps"])
        same(f"{where}.currency", self.x["currency"], said["currency"])
        same(f"{where}.paymentReference", False, (reseller, said["paymentReference"]) in self.references)
        self.references.add((reseller, said["paymentReference"]))
        self.guaranteed[reseller] += said["amountMinor"]
        same(f"{where}: guarantees.{reseller}", True, self.guaranteed[reseller] <= self.terms["guarantees"].get(reseller, 0))
        self.deposits[said["credential"]] = (reseller, held + said["amountMinor"])

    def withdraw(self, where: str, said: Json) -> None:
        """All of it, and the guarantee is free again."""
        same(f"{where}: a deposit", True, said["credential"] in self.deposits)
        reseller, held = self.deposits.pop(said["credential"])
        same(f"{where}.reseller", reseller, said["reseller"])
        self.guaranteed[reseller] -= held

    def node(self, where: str, name: str, compact: str) -> int:
        """Which node of the committee signed."""
        statement = Statement(name, compact)
        self.ours(where, statement)
        by = [at for at, jwk in enumerate(self.x["key"]["nodes"]) if statement.signed_by(jwk)]
        same(f"{where}.signature", 1, len(by))
        return by[0] + 1

    def freeze(self) -> None:
        found = {(order["mspId"], order["slot"]): order for order in self.x["orders"]}
        same("orders", len(self.x["orders"]), len(found))
        if self.x["root"] is not None:
            same("orderCount", len(found), self.x["orderCount"])
        roots = []
        for page, (msp, start, count) in enumerate(self.pages):
            leaves = []
            for slot in range(start, start + count):
                order = found.pop((msp, slot), None)
                leaves.append(transcript("leaf", self.id, msp, slot, *((order["id"], order["sealed"]) if order else ())))
            roots.append(tree_hash(leaves))
            if self.x["pages"][page]["root"] is not None:
                same(f"pages[{page}].root", encode(roots[-1]), self.x["pages"][page]["root"])
        same("orders beyond the quotas", 0, len(found))
        if self.x["root"] is not None:
            same("root", encode(tree_hash(roots)), self.x["root"])

    def posted(self) -> None:
        """x_i·G = X_i of each share."""
        key, shares = self.x["key"], self.shares
        for at, compact in enumerate(self.x["shares"]):
            index = self.node(f"shares[{at}]", "market-share", compact)
            said = Statement("market-share", compact).payload
            same(f"shares[{at}].index", index, said["index"])
            same(f"shares[{at}].root", self.x["root"], said["root"])
            shares[index] = int.from_bytes(decode(said["share"]) or b"", "big")
            point = encode(public_bytes(private_key(shares[index]).public_key(), compressed=True))
            same(f"shares[{at}].share", key["publicShares"].get(str(index)), point)

    def reveal(self) -> None:
        """x by Lagrange, x·G = X."""
        key, shares = self.x["key"], self.shares
        same("shares", True, len(shares) >= key["threshold"])
        for index, share in shares.items():
            weight = 1
            for other in shares:
                if other != index:
                    weight = weight * other * pow(other - index, -1, ORDER) % ORDER
            self.secret = (self.secret + share * weight) % ORDER
        self.private = private_key(self.secret)
        same("key.groupKey", encode(public_bytes(self.private.public_key(), compressed=True)), key["groupKey"])
        same("secret", encode(self.secret.to_bytes(32, "big")), self.x["secret"])

    # -- what every order says

    def read(self, page: int) -> None:
        if self.x["pages"][page]["opened"] is None:
            return  # it has not come so far
        msp, start, count = self.pages[page]
        before = sum(count for _, _, count in self.pages[:page])
        ledger = self.x["pages"][page]["ledger"] or {"enrolments": {}, "holders": {}, "tickets": {}}
        orders = []
        for order in self.x["orders"]:
            if order["mspId"] == msp and start <= order["slot"] < start + count:
                at = before + order["slot"] - start
                try:
                    orders.append({"at": at, **self.judge(msp, order, ledger)})
                except Void as void:
                    orders.append({"at": at, "void": void.code})
        same(f"pages[{page}].opened.orders", orders, self.x["pages"][page]["opened"]["orders"])
        same(f"pages[{page}].opened.people", self.people(orders, ledger), self.x["pages"][page]["opened"]["people"])

    def people(self, orders: list[Json], ledger: Json) -> Json:
        bids = [order for order in orders if "bid" in order and "void" not in order]
        persons = {person for order in bids for person in (order["credential"], *order["bid"].get("guests", []))}
        member, limit = ("boughtResale", "resale") if self.terms["supply"] == "resale" else ("boughtPrimary", "primary")
        most = self.x["policy"]["perPersonLimit"][limit]
        return {p: [max(0, most - ledger["holders"][p][member]), self.deposits.get(p, ("", 0))[1]] for p in sorted(persons)}

    def judge(self, msp: str, slot: Json, ledger: Json) -> Json:
        order, guests = self.open(msp, slot)
        said = order.payload
        self.of_market(said)
        need(said["marketKey"] == thumbprint(jwk_of(self.private.public_key())), "MARKET_KEY_MISMATCH")
        self.holder_key(order, ledger)
        known = {"credential": said["credential"], "sequence": said["sequence"], "digest": order.digest}
        if "cancel" in said:
            return {**known, "cancel": said["cancel"]}
        side = "bid" if "bid" in said else "ask"
        known[side] = said[side]
        try:
            if side == "bid":
                self.judge_bid(said, guests, ledger)
                return known
            return {**known, "offered": self.judge_ask(said, ledger)}
        except Void as void:
            return {**known, "void": void.code}

    def open(self, msp: str, slot: Json) -> tuple[Statement, list[Statement]]:
        raw = decode(slot["sealed"]) or b""
        info = transcript("order", self.id, public_bytes(self.private.public_key(), compressed=True))
        plaintext = hpke_open(self.private, raw[:65], raw[65:], info, transcript("slot", self.id, msp, slot["id"]))
        if plaintext is None:
            raise Void("ORDER_NOT_OPENED")
        content = plaintext.rstrip(b"\0")
        padded = len(plaintext) == ORDER_BYTES[self.terms["supply"]] and len(content) > 1 and content[-1] == 0x80
        need(padded and content[:-1].isascii(), "ORDER_MALFORMED")
        first, *others = content[:-1].decode("ascii").split("~")
        need(len(others) <= 3, "ORDER_MALFORMED")
        return Statement("order", first, order_form), [Statement("guest", each, GUEST) for each in others]

    def of_market(self, said: Json) -> None:
        need(said["channel"] == self.x["channel"], "WRONG_CHANNEL")
        need(said["event"] == self.event, "WRONG_EVENT")
        need(said["market"] == self.number, "MARKET_MISMATCH")
        need(said["exp"] > seconds(self.terms["closesAt"]), "STATEMENT_EXPIRED")

    def holder_key(self, statement: Statement, ledger: Json) -> None:
        enrolment = ledger["enrolments"].get(statement.payload["credential"])
        need(enrolment is not None, "UNKNOWN_CREDENTIAL")
        need(enrolment["key"] == statement.signer, "KEY_NOT_VALID")
        need(statement.signed_by(statement.jwk), "SIGNATURE_INVALID")

    def traded(self, price_class: str) -> None:
        need(price_class in self.terms.get("priceClasses", [price_class]), "CLASS_NOT_TRADED")

    def judge_bid(self, said: Json, guests: list[Statement], ledger: Json) -> None:
        bid = said["bid"]
        self.traded(bid["priceClass"])
        need(said["credential"] in self.deposits, "DEPOSIT_MISSING")
        reseller, deposited = self.deposits[said["credential"]]
        need(reseller == bid["reseller"], "DEPOSIT_MISMATCH")
        need(safe(bid["limitMinor"] * bid["quantity"]) <= deposited, "DEPOSIT_MISSING")
        named = bid.get("guests", [])
        consenting = {guest.payload["credential"] for guest in guests}
        need(len(guests) == len(named) and set(named) <= consenting, "GUEST_NOT_CONSENTING")
        for guest in guests:
            try:
                self.of_market(guest.payload)
                self.holder_key(guest, ledger)
            except Void:
                raise Void("GUEST_NOT_CONSENTING") from None
            agreed = (guest.payload["host"], guest.payload["bid"]) == (said["credential"], bid["name"])
            need(agreed, "GUEST_NOT_CONSENTING")

    def judge_ask(self, said: Json, ledger: Json) -> Json:
        ask, credential = said["ask"], said["credential"]
        need(self.terms["supply"] == "resale", "MARKET_MISMATCH")
        need(":".join(ask["ticket"].split(":")[:2]) == self.event, "WRONG_EVENT")
        ticket = ledger["tickets"].get(ask["ticket"])
        need(ticket is not None, "UNKNOWN_TICKET")
        need(ticket["issue"] == ask["issue"], "STALE_TICKET")
        need(ticket["state"] in ("sold", "listed"), "TICKET_NOT_VALID")
        need(ticket["holder"] == credential, "NOT_THE_HOLDER")
        need(not ledger["enrolments"][credential]["pending"], "KEY_REPLACEMENT_PENDING")
        price_class = ticket["priceClass"]
        self.traded(price_class)
        takes_part = ask["reseller"] in self.terms["guarantees"] and ask["reseller"] not in self.x.get("barred", [])
        need(takes_part, "RESELLER_NOT_AUTHORISED")
        policy, event_policy = self.policy(price_class), self.x["policy"]
        need(policy["market"] in ("sealed", "both"), "MARKET_NOT_SEALED")
        authorised = policy["authorisedResellers"]
        need(authorised == "any" or ask["reseller"] in authorised, "RESELLER_NOT_AUTHORISED")
        need(ticket["facePriceMinor"] > 0 or not policy["complimentaryNotResellable"], "COMPLIMENTARY_NOT_RESELLABLE")
        held = max(0, seconds(self.terms["closesAt"]) - ticket["acquiredAt"])
        need(held >= policy["minHoldingPeriodSeconds"], "HOLDING_PERIOD_NOT_OVER")
        need(event_policy["maxHops"] is None or ticket["hops"] < event_policy["maxHops"], "TOO_MANY_HOPS")
        need(len(ticket.get("resales", [])) < MAX_RESALES, "TOO_MANY_HOPS")
        resold, threshold = ledger["holders"][credential]["resold"], policy["habitualThreshold"]
        need(threshold is None or resold < threshold, "HABITUAL_SELLER")
        basis = ticket["facePriceMinor"] if policy["capBasis"] == "face" else ticket["firstPriceMinor"]
        cap = None if policy["capBps"] is None else share_of(basis, policy["capBps"])
        need(self.total(price_class, ask["askMinor"]) <= (MAX_SAFE if cap is None else cap), "PRICE_ABOVE_CAP")
        room = None if threshold is None else threshold - resold
        return {"allotment": ticket["allotment"], "priceClass": price_class, "capMinor": cap, "room": room}

    # -- money of a price

    def policy(self, price_class: str) -> Json:
        return {**self.x["policy"], **self.x["classes"].get(price_class, {})}

    def split(self, price_class: str, price: int) -> dict[str, int]:
        policy = self.policy(price_class)
        most = MAX_SAFE if policy["platformFeeCapBps"] is None else policy["platformFeeCapBps"]
        seller_bps = min(self.terms["sellerFeeBps"], policy["sellerFeeBps"], most)
        buyer_bps = min(self.terms["buyerFeeBps"], policy["buyerFeeBps"], most - seller_bps)
        seller_fee, buyer_fee = share_of(price, seller_bps), share_of(price, buyer_bps)
        royalty, venue = share_of(price, policy["organizerRoyaltyBps"]), share_of(price, policy["venueBps"])
        total = safe(price + buyer_fee + (royalty + venue if policy["feePayer"] == "buyer" else 0))
        rest = total - seller_fee - buyer_fee - royalty - venue
        need(rest >= 0, "PRICE_BELOW_FEES")
        return {"total": total, "sellerFee": seller_fee, "buyerFee": buyer_fee, "royalty": royalty, "venue": venue, "seller": rest}

    def total(self, price_class: str, price: int) -> int:
        return self.split(price_class, price)["total"]

    # -- who got what

    def supply(self) -> None:
        """Free places by allotment, page by page."""
        if self.x["result"] is not None:
            same("allotments", self.terms.get("allotments", []), [allotment["allotment"] for allotment in self.x["allotments"]])
        all_places = [(allotment, place) for allotment in self.x["allotments"] for place in places_of(allotment)]
        if self.x["result"] is not None:
            same("supply.length", -(-len(all_places) // PLACES_PER_PAGE), len(self.x["supply"]))
        for page, found in enumerate(self.x["supply"]):
            if found is None:
                continue
            free: dict[str, Json] = {}
            for allotment, place in all_places[page * PLACES_PER_PAGE:(page + 1) * PLACES_PER_PAGE]:
                state = self.x["places"][place]
                if state in ENDED or (state is None and self.terms["supply"] == "ballot"):
                    total = allotment["facePriceMinor"] + sum(fee["amountMinor"] for fee in allotment["fees"])
                    group = {"priceClass": allotment["priceClass"], "totalMinor": total, "places": []}
                    free.setdefault(allotment["allotment"], group)["places"].append(place)
            same(f"supply[{page}]", free, found)

    def clear(self) -> None:
        opened = [page["opened"] for page in self.x["pages"]]
        orders = [order for page in opened for order in page["orders"] if "credential" in order]
        self.seed = mac(decode(self.x["root"]) or b"", self.secret.to_bytes(32, "big"))
        bids, asks = resolve(orders)
        people = {person: list(each) for page in opened for person, each in page["people"].items()}
        book = Book(bids, asks, people, self.priority, self.total)
        prices: dict[str, int] | None = None
        if self.terms["supply"] != "resale":
            trades = book.draw_places(self.event, self.x["supply"])
        elif self.x["clearing"] == "lottery":
            trades = book.lottery()
        else:
            trades, prices = book.uniform_price()
        count: dict[str, int] = defaultdict(int)
        for trade in trades:
            count[trade["bidder"]] += 1
        for trade in trades:
            trade["of"] = count[trade["bidder"]]
        same("trades", trades, self.x["trades"])
        pages = -(-len(trades) // TRADES_PER_PAGE)
        same("result", {"trades": len(trades), "pages": pages, **({} if prices is None else {"prices": prices})}, self.x["result"])

    def priority(self, of: str) -> str:
        return mac(self.seed, of.encode()).hex()

    # -- where the money went

    def settle(self) -> None:
        settled: dict[str, int] = defaultdict(int)
        for at, page in enumerate(self.x["settlements"]):
            entries: list[Entry] = []
            lapsed = {}
            start = page["page"] * TRADES_PER_PAGE
            for place, trade in enumerate(self.x["trades"][start:start + TRADES_PER_PAGE]):
                ticket, bidder = page["before"][trade["ticket"]], trade["bidder"]
                code = lapse(trade, ticket)
                if code:
                    lapsed[str(place)] = code
                else:
                    self.held[bidder] -= trade["totalMinor"]
                    same(f"settlements[{at}]: deposit of {bidder} is enough", True, self.held[bidder] >= 0)
                    entries += self.resale_entries(trade, ticket) if "resale" in trade else self.sale_entries(trade)
                settled[bidder] += 1
                if settled[bidder] == trade["of"]:
                    entries += self.release_entries(bidder)
            entries = [entry for entry in entries if entry[1] != 0]
            same(f"settlements[{at}].lapsed", lapsed, page["lapsed"])
            same(f"settlements[{at}].entries", entries, page["entries"])
            same(f"settlements[{at}].entries sum to", 0, sum(entry[1] for entry in page["entries"]))

    def release_entries(self, credential: str) -> list[Entry]:
        minor, self.held[credential] = self.held[credential], 0
        return [["escrow:deposits", -minor, "release"], [f"holder:{credential}", minor, "release"]]

    def resale_entries(self, trade: Json, ticket: Json) -> list[Entry]:
        about = next(page["ledger"]["tickets"][trade["ticket"]] for page in self.x["pages"]
                     if page["ledger"] and trade["ticket"] in page["ledger"]["tickets"])
        resale, policy = trade["resale"], self.policy(about["priceClass"])
        split = self.split(about["priceClass"], resale["priceMinor"])
        same(f"trade of {trade['ticket']}: totalMinor", split["total"], trade["totalMinor"])
        whole, last = policy["refundFees"] == "all", ticket.get("resales", [None])[-1]
        if last:
            own = last["totalMinor"] - (0 if whole else last["commissionMinor"] + last["venueMinor"])
        else:
            own = ticket["firstPriceMinor"] if whole else about["facePriceMinor"]
        proceeds = min(split["seller"], own)
        fees = [(trade["reseller"], split["buyerFee"]), (resale["reseller"], split["sellerFee"])]
        if trade["reseller"] == resale["reseller"]:
            fees = [(trade["reseller"], split["buyerFee"] + split["sellerFee"])]
        return [
            ["escrow:deposits", -split["total"], "deposit"], *[[reseller, minor, "commission"] for reseller, minor in fees],
            [self.x["organizer"], split["royalty"], "royalty"], [self.x["venue"], split["venue"], "venue"],
            [f"holder:{resale['seller']}", proceeds, "proceeds"], ["escrow:surplus", split["seller"] - proceeds, "surplus"],
        ]

    def sale_entries(self, trade: Json) -> list[Entry]:
        supply = next(each for each in self.x["allotments"] if each["allotment"] == trade["allotment"])
        fees = [[fee["payee"], fee["amountMinor"], "fee"] for fee in supply["fees"]]
        spent = ["escrow:deposits", -trade["totalMinor"], "deposit"]
        return [spent, [self.x["organizer"], supply["facePriceMinor"], "face"], *fees]

    def end(self) -> None:
        """What was not spent is back: nothing is left in escrow. An abort was due, and names who was waited for."""
        if self.x["state"] == "aborted":
            silent = silent_nodes(self.x, self.terms["abortableAt"], self.shares, self.heard)
            same("silent", silent, self.x["silent"])
        for at, release in enumerate(self.x["releases"]):
            same(f"releases[{at}]: a deposit", True, release["credential"] in self.held)
            expected = self.release_entries(release["credential"])
            same(f"releases[{at}].entries", expected, release["entries"])
        same("held", self.held, self.x["held"])
        if self.x["state"] in ("finished", "aborted"):
            same("held in the end", 0, sum(self.held.values()))


def places_of(allotment: Json) -> list[str]:
    if "pool" in allotment:
        pool = allotment["pool"]
        return [f"{pool['section']}:{number}" for number in range(pool["from"], pool["to"] + 1)]
    seats = allotment["seats"]
    return [f"{seats['section']}:{row}:{number}" for row, start, end in seats["rows"] for number in range(start, end + 1)]


def lapse(trade: Json, ticket: Json) -> str | None:
    """Why a trade can't be applied any more."""
    if "resale" not in trade:
        return None if ticket is None or ticket["state"] in ENDED else "SEAT_ALREADY_SOLD"
    if ticket is None:
        return "UNKNOWN_TICKET"
    if ticket["issue"] != trade["resale"]["issue"]:
        return "STALE_TICKET"
    if ticket["holder"] != trade["resale"]["seller"]:
        return "NOT_THE_HOLDER"
    return None if ticket["state"] in ("sold", "listed") else "TICKET_NOT_VALID"


def hpke_exchange(asked: Json) -> Json:
    """For tests: {open: [...]} gives plaintexts (null where one does not open), {seal: [...]} gives enc and ciphertext; all in hex."""
    raw = bytes.fromhex
    opened = [hpke_open(private_key(int(each["secret"], 16)), raw(each["enc"]), raw(each["ciphertext"]), raw(each["info"]), raw(each["aad"]))
              for each in asked.get("open", [])]
    sealed = [hpke_seal(raw(each["recipient"]), private_key(int(each["ephemeral"], 16)), raw(each["plaintext"]), raw(each["info"]),
                        raw(each["aad"])) for each in asked.get("seal", [])]
    return {"opened": [None if each is None else each.hex() for each in opened],
            "sealed": [{"enc": enc.hex(), "ciphertext": ciphertext.hex()} for enc, ciphertext in sealed]}


def uniform(asked: Json) -> Json:
    """For tests: of each book {bids, asks (as they are on opened pages), people, draws (by person and ticket), feeMinor} who gets which ticket, and prices."""
    cleared = []
    for each in asked:
        book = Book(each["bids"], each["asks"], each["people"], each["draws"].__getitem__, lambda _, price, fee=each["feeMinor"]: price + fee)
        trades, prices = book.uniform_price()
        cleared.append({"trades": [[trade["buyer"], trade["ticket"]] for trade in trades], "prices": prices})
    return cleared


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__)
        return 2
    sys.setrecursionlimit(20_000)  # a hostile order may nest as deep as it is long
    if arguments[0] == "hpke":
        print(json.dumps(hpke_exchange(json.load(sys.stdin))))
        return 0
    if arguments[0] == "uniform":
        print(json.dumps(uniform(json.load(sys.stdin))))
        return 0
    with open(arguments[0], encoding="utf-8") as file:
        exported = json.load(file)
    try:
        print(Market(exported).verify())
        return 0
    except Difference as difference:
        print(difference)
    except Void as void:  # a statement that the ledger took
        print(f"THE FIRST DIFFERENCE: a statement of the export\n  expected one that is in order\n  found    {void.code}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
