"""How far a market came: what an export must have by its state, and what must not be there. Nothing is left out of the check because the export leaves it out."""
from __future__ import annotations

from datetime import datetime
from typing import Callable

from .primitives import Json, same

STAGES = ["open", "closed", "frozen", "revealed", "cleared"]
NAMED_AFTER_SECONDS = 180
DATED_OFF_SECONDS = 120  # two transactions, each dated off by a minute


def seconds(time: str) -> int:
    return int(datetime.strptime(time, "%Y-%m-%dT%H:%M:%S%z").timestamp())


def stage_of(x: Json) -> str:
    """The state, or where it is over the one that it was in before."""
    state, end = x["state"], x["end"]
    same("state", True, state in (*STAGES[1:], "finished", "aborted"))
    same("end", state in ("finished", "aborted"), end is not None)
    if end is None:
        return state
    if state == "finished":
        same("end.from", True, end["from"] == "cleared" or (end["from"] == "revealed" and overtaken(x)))
    else:
        same("end.from", True, end["from"] in (STAGES if end["cancelled"] else STAGES[:3]))
    return end["from"]


def overtaken(x: Json) -> bool:
    """The doors opened before everything was settled; and not before their time."""
    end = x["end"]
    if end["doors"] == "pending":
        return False
    same("end.at: doors open", True, seconds(end["at"]) >= seconds(x["doorsOpenAt"]) - DATED_OFF_SECONDS)
    return True


def present(x: Json, stage: str, pages: int) -> None:
    """`pages`: how many there are by the quotas."""
    at = STAGES.index(stage)
    frozen, revealed, cleared = (at >= STAGES.index(each) for each in ("frozen", "revealed", "cleared"))
    same("closings: some", at > 0, len(x["closings"]) > 0)
    same("key: there", True, x["key"] is not None or at == 0)
    for name, due in (("root", frozen), ("frozenAt", frozen), ("orderCount", frozen), ("secret", revealed), ("result", cleared)):
        same(f"{name}: there", due, x[name] is not None)
    for name, may in (("shares", frozen), ("trades", cleared), ("settlements", cleared), ("releases", x["end"] is not None)):
        same(f"{name}: may be", True, may or x[name] == [])
    same("silent: there", x["state"] == "aborted", x["silent"] is not None)
    same("pages", list(range(pages)), [page["page"] for page in x["pages"]])
    for number, page in enumerate(x["pages"]):
        same(f"pages[{number}].root: there", True, page["root"] is not None or not frozen)
        same(f"pages[{number}].opened: there", True, page["opened"] is not None or not cleared)
        early = not revealed and page["opened"] not in (None, {"orders": [], "people": {}})
        same(f"pages[{number}].opened: before the reveal", False, early)
    for number, page in enumerate(x["supply"]):
        same(f"supply[{number}]: there", True, page is not None or not cleared)


def pages_settled(x: Json) -> None:
    """Each page once; all of them where the market is finished and the doors were not faster."""
    pages = sorted(page["page"] for page in x["settlements"])
    whole = list(range(x["result"]["pages"]))
    same("settlements: each page once", pages, [page for page in whole if page in pages])
    if x["state"] == "finished" and pages != whole and not overtaken(x):
        same("settlements: pages", whole, pages)


def silent_nodes(x: Json, abortable_at: str, shares: Json, heard: Callable[[str, list[str]], set[int]]) -> list[int]:
    """Whom an abort may name. There is none before its time, nor once the nodes have done their part; a cancelled event's names nobody."""
    end, key = x["end"], x["key"]
    if end["cancelled"]:
        return []
    same("end.at: abortable", True, end["at"] >= abortable_at)
    spoken: set[int] | None = None
    if end["from"] == "frozen":
        spoken = set(shares)
    elif end["from"] == "open" and key is not None and "statements" in end and end["tradable"]:
        spoken = heard("end.statements", end["statements"])
    if spoken is None:
        return []
    same("end: fewer nodes than make the key", True, len(spoken) < key["threshold"])
    if end["from"] == "frozen" and seconds(end["at"]) < seconds(x["frozenAt"]) + NAMED_AFTER_SECONDS:
        return []
    return [index for index in sorted(map(int, key["publicShares"])) if index not in spoken]
