"""Which orders count, and who gets what: in the plainest way, every bid looks at every offer."""
from __future__ import annotations

from collections import defaultdict
from typing import Callable, Iterable

from .primitives import Json

MAX_OWN_ASKS = 16
TRIALS_PER_RANKING = 32


def resolve(orders: Iterable[Json]) -> tuple[list[Json], list[Json]]:
    """Bids and asks that count: of each line the highest sequence, if it says one thing and breaks no rule."""
    lines: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for order in sorted(orders, key=lambda each: each["at"]):
        subject = order.get("bid", {}).get("name") or order.get("ask", {}).get("ticket") or next(iter(order.get("cancel", {}).values()))
        lines[order["credential"], subject].append(order)
    counted = []
    for line in lines.values():
        highest = max(order["sequence"] for order in line)
        last = [order for order in line if order["sequence"] == highest]
        whole = [order for order in last if "void" not in order]
        if len({order["digest"] for order in last}) == 1 and whole:
            counted.append(whole[0])
    counted.sort(key=lambda each: each["at"])
    bids, asks = ([order for order in counted if side in order] for side in ("bid", "ask"))
    hosts: dict[str, set[str]] = defaultdict(set)
    for order in bids:
        for person in (order["credential"], *order["bid"].get("guests", [])):
            hosts[person].add(order["credential"])
    return [order for order in bids if all(len(hosts[guest]) == 1 for guest in order["bid"].get("guests", []))], asks


class Book:
    """What is bid and asked. `people`: what each may still buy and what is left of the deposit; it changes while the market is cleared."""

    def __init__(
        self, bids: list[Json], asks: list[Json], people: dict[str, list[int]],
        priority: Callable[[str], str], total: Callable[[str, int], int],
    ) -> None:
        self.people, self.total = people, total
        self.bids = [{**order["bid"], "bidder": order["credential"], "prio": priority(order["credential"])} for order in bids]
        self.bids.sort(key=lambda bid: (bid["prio"], f"{bid['bidder']}/{bid['name']}"))
        self.asks: list[Json] = []
        sellers: dict[str, list[Json]] = defaultdict(list)
        for order in asks:
            ask = {**order["ask"], **order["offered"], "seller": order["credential"], "prio": priority(order["ask"]["ticket"])}
            sellers[order["credential"]].append(ask)
        for own in sellers.values():
            room = len(own) if own[0]["room"] is None else own[0]["room"]
            self.asks += sorted(own, key=lambda ask: ask["prio"])[:room]
        self.asks.sort(key=lambda ask: (ask["askMinor"], ask["prio"], ask["ticket"]))
        self.own: dict[str, set[str]] = defaultdict(set)
        for bid in self.bids:
            self.own[bid["bidder"]] |= {bid["bidder"], *bid.get("guests", [])}

    def recipients(self, bid: Json, people: dict[str, list[int]]) -> list[str]:
        guests = bid.get("guests", [])
        left, deposit = people.get(bid["bidder"], [0, 0])
        own = min(left, bid["quantity"] - len(guests))
        wanted = [bid["bidder"]] * min(own, 1) + [g for g in guests if people.get(g, [0])[0] > 0] + [bid["bidder"]] * max(0, own - 1)
        wanted = wanted[:deposit // bid["limitMinor"]] if bid["limitMinor"] else wanted
        return [] if bid.get("allOrNothing") and len(wanted) < bid["quantity"] else wanted

    def win(self, bid: Json, recipients: list[str], people: dict[str, list[int]]) -> None:
        for person in recipients:
            people[person][0] -= 1
        if recipients:
            people[bid["bidder"]][1] -= bid["limitMinor"] * len(recipients)

    def match(self, bid: Json, offers: list[tuple[Json, int, int]], people: dict[str, list[int]]) -> list[Json]:
        """Takes of [ask, price, total], ascending, what the bid may have."""
        recipients = self.recipients(bid, people)
        suits = [each for each in offers if each[2] <= bid["limitMinor"] and each[0]["seller"] not in self.own[bid["bidder"]]]
        taken = suits[:len(recipients)]
        if bid.get("allOrNothing") and len(taken) < len(recipients):
            return []
        for each in taken:
            offers.remove(each)
        self.win(bid, recipients[:len(taken)], people)
        return [self.trade(bid, buyer, ask["ticket"], ask["allotment"], total, resale={
            "seller": ask["seller"], "issue": ask["issue"], "priceMinor": price, "reseller": ask["reseller"],
        }) for (ask, price, total), buyer in zip(taken, recipients)]

    def trade(self, bid: Json, buyer: str, ticket: str, allotment: str, total: int, **resale: Json) -> Json:
        return {"bid": bid["name"], "reseller": bid["reseller"], "bidder": bid["bidder"], "buyer": buyer, "ticket": ticket,
                "allotment": allotment, "totalMinor": total, **resale}

    def offers(self, price_class: str, price: int | None = None) -> list[tuple[Json, int, int]]:
        """Asks of the class that are in the market, at what they ask or at one price for all."""
        found = []
        for ask in self.asks:
            at = ask["askMinor"] if price is None else price
            if ask["priceClass"] == price_class and ask["askMinor"] <= at:
                total = self.total(price_class, at)
                if ask["capMinor"] is None or total <= ask["capMinor"]:
                    found.append((ask, at, total))
        return found

    def lottery(self) -> list[Json]:
        classes = {name: self.offers(name) for name in {ask["priceClass"] for ask in self.asks}}
        return [trade for bid in self.bids if bid["priceClass"] in classes
                for trade in self.match(bid, classes[bid["priceClass"]], self.people)]

    def uniform_price(self) -> tuple[list[Json], dict[str, int]]:
        trades: list[Json] = []
        prices: dict[str, int] = {}
        for name in sorted({ask["priceClass"] for ask in self.asks}):
            asked = [ask for ask in self.asks if ask["priceClass"] == name]
            is_buyer = {bidder: sum(ask["seller"] in own for ask in asked) <= MAX_OWN_ASKS for bidder, own in self.own.items()}
            bids = [bid for bid in self.bids if bid["priceClass"] == name and is_buyer[bid["bidder"]]]
            bids.sort(key=lambda bid: -bid["limitMinor"])  # stable: the draw decides among equals

            def at(price: int, people: dict[str, list[int]]) -> list[Json]:
                offers = self.offers(name, price)
                return [trade for bid in bids for trade in self.match(bid, offers, people)]

            volumes = {price: len(at(price, {p: list(each) for p, each in self.people.items()})) for price in self.tried(name, bids)}
            most = max(volumes.values(), default=0)
            if most > 0:
                prices[name] = min(price for price, volume in volumes.items() if volume == most)
                trades += at(prices[name], self.people)
        return trades, prices

    def tried(self, name: str, bids: list[Json]) -> set[int]:
        """The prices that promise most to all bids, and to those that take less than they ask for."""
        found: set[int] = set()
        for some in (bids, [bid for bid in bids if not bid.get("allOrNothing")]):
            people = {person: list(each) for person, each in self.people.items()}
            demand = []
            for bid in some:  # the highest limit first: what lower ones win takes nothing from it
                recipients = self.recipients(bid, people)
                self.win(bid, recipients, people)
                demand.append((bid["limitMinor"], len(recipients)))

            def promise(price: int) -> int:
                total = self.total(name, price)
                return min(len(self.offers(name, price)), sum(count for limit, count in demand if limit >= total))

            asked = {price for _, price, _ in self.offers(name)}
            found.update(sorted(asked, key=lambda price: (-promise(price), price))[:TRIALS_PER_RANKING])
        return found

    def draw_places(self, event: str, supply: list[Json]) -> list[Json]:
        trades: list[Json] = []
        free = [(place_key(place), place, allotment, group["priceClass"], group["totalMinor"])
                for page in supply for allotment, group in page.items() for place in group["places"]]
        free.sort()
        for bid in self.bids:
            suits = [each for each in free if each[3] == bid["priceClass"] and each[4] <= bid["limitMinor"]]
            recipients = self.recipients(bid, self.people)
            count = len(recipients)
            taken = neighbours(suits, count) or suits[:count]
            if bid.get("allOrNothing") and len(taken) < count:
                continue
            for each in taken:
                free.remove(each)
            self.win(bid, recipients[:len(taken)], self.people)
            trades += [self.trade(bid, buyer, f"{event}:{place}", allotment, total)
                       for (_, place, allotment, _, total), buyer in zip(taken, recipients)]
        return trades


def place_key(place: str) -> tuple[int, str, int, str, int]:
    section, *row, number = place.split(":")
    name = row[0] if row else ""
    return len(section), section, len(name), name, int(number)


def neighbours(free: list[tuple], count: int) -> list[tuple]:
    """The first `count` consecutive numbers of one row at one price; nothing where there are none."""
    at = {(each[0], each[4]): each for each in free}
    for key, *_, total in free:
        run = [at.get(((*key[:4], key[4] + step), total)) for step in range(count)]
        if run and None not in run:
            return [each for each in run if each]
    return []
