"""Signed statements (RFC 7515, ES256): their forms as chaincode/README.md has them, and whose they are."""
from __future__ import annotations

import json
import re
from typing import Callable, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from .primitives import Json, Void, decode, encode, import_jwk, need, sha256, thumbprint

MAX_SAFE = 2**53 - 1


class Statement:
    """A JWS of a known type whose form is right. Whose word it is must be asked."""

    def __init__(self, name: str, compact: str, form: Callable[[Json], None] | None = None) -> None:
        need(len(compact) <= (65_536 if name == "market" else 8_192), "TOO_LARGE")
        parts = compact.split(".")
        raw = [decode(part) for part in parts]
        well_formed = len(raw) == 3 and None not in raw and len(raw[2] or b"") == 64
        need(well_formed, "MALFORMED_STATEMENT")
        header, self.payload = json_of(raw[0] or b""), json_of(raw[1] or b"")
        self.input, self.signature = f"{parts[0]}.{parts[1]}".encode(), raw[2] or b""
        typ = f"guichet-{name}+jwt"
        self.digest = encode(sha256(f"{typ}.{parts[1]}".encode()))
        by_kid = name in ("market", "market-close", "market-share")
        key_form = {"kid": (True, text(THUMBPRINT))} if by_kid else {"jwk": (True, check_jwk)}
        strict({"alg": (True, one_of("ES256")), "typ": (True, one_of(typ)), **key_form})(header)
        self.jwk = header.get("jwk")
        self.signer: str = thumbprint(self.jwk) if self.jwk else header["kid"]
        if form:
            form(self.payload)

    def signed_by(self, jwk: Json) -> bool:
        key = import_jwk(jwk)
        r, s = int.from_bytes(self.signature[:32], "big"), int.from_bytes(self.signature[32:], "big")
        try:
            if key is None or thumbprint(jwk) != self.signer:
                return False
            key.verify(encode_dss_signature(r, s), self.input, ec.ECDSA(hashes.SHA256()))
            return True
        except InvalidSignature:
            return False


def type_of(compact: str) -> Json:
    """What it says it is, before it is read as that."""
    header = json_of(decode(compact.split(".")[0]) or b"")
    return header.get("typ") if isinstance(header, dict) else None


def json_of(raw: bytes) -> Json:
    def number(digits: str) -> int | float:
        value = float(digits)
        return int(value) if value.is_integer() else value
    def refuse(_: str) -> NoReturn:
        raise ValueError("is no JSON")
    try:
        return json.loads(raw.decode("utf-8"), parse_int=number, parse_float=number, parse_constant=refuse)
    except (ValueError, UnicodeDecodeError):
        raise Void("MALFORMED_STATEMENT") from None


# Forms: each raises Void with the code of the first fault.
Form = Callable[[Json], None]
THUMBPRINT, SLUG, MSP = r"[A-Za-z0-9_-]{43}", r"[a-z0-9][a-z0-9-]{0,47}", r"[A-Za-z0-9][A-Za-z0-9-]{0,63}"
LABEL, NUMBER, COMMAND = r"[A-Za-z0-9][A-Za-z0-9-]{0,15}", r"[1-9][0-9]{0,4}", r"[A-Za-z0-9][A-Za-z0-9_.-]{7,63}"
EVENT = f"{MSP}:{SLUG}"
TICKET = f"{EVENT}:{LABEL}:(?:{LABEL}:)?{NUMBER}"


def text(pattern: str, most: int = 256) -> Form:
    def check(value: Json) -> None:
        need(isinstance(value, str) and len(value) <= most and re.fullmatch(pattern, value) is not None, "INVALID_FIELD")
    return check


def integer(least: int, most: int = MAX_SAFE) -> Form:
    def check(value: Json) -> None:
        need(isinstance(value, int) and not isinstance(value, bool) and least <= value <= most, "INVALID_FIELD")
    return check


def one_of(*values: Json) -> Form:
    def check(value: Json) -> None:
        need(any(type(value) is type(each) and value == each for each in values), "INVALID_FIELD")
    return check


def strict(members: dict[str, tuple[bool, Form]]) -> Form:
    """An object of these members, [whether it must be there, its form], and no others; the members first."""
    def check(value: Json) -> None:
        need(isinstance(value, dict), "INVALID_FIELD")
        for name, (required, form) in members.items():
            if name in value:
                form(value[name])
            else:
                need(not required, "INVALID_FIELD")
        need(set(value) <= set(members), "UNKNOWN_FIELD")
    return check


def list_of(form: Form, least: int, most: int) -> Form:
    def check(value: Json) -> None:
        need(isinstance(value, list), "INVALID_FIELD")
        for each in value:
            form(each)
        need(least <= len(value) <= most, "INVALID_FIELD")
    return check


def check_jwk(value: Json) -> None:
    coordinate = text(r"[A-Za-z0-9_-]{43}")
    strict({"kty": (True, one_of("EC")), "crv": (True, one_of("P-256")), "x": (True, coordinate), "y": (True, coordinate)})(value)
    need(import_jwk(value) is not None, "INVALID_FIELD")


def cancel_form(value: Json) -> None:
    def fits(form: Form) -> bool:
        try:
            form(value)
            return True
        except Void:
            return False
    either = (strict({"bid": (True, text(SLUG))}), strict({"ticket": (True, text(TICKET))}))
    need(any(fits(form) for form in either), "INVALID_FIELD")


CLAIMS: dict[str, tuple[bool, Form]] = {
    "channel": (True, text(r"[\s\S]+", 249)), "jti": (True, text(COMMAND)), "exp": (True, integer(0)), "event": (True, text(EVENT)),
    "market": (True, integer(1, 99_999)), "credential": (True, text(THUMBPRINT)),
}
BID = strict({
    "name": (True, text(SLUG)), "priceClass": (True, text(SLUG)), "quantity": (True, integer(1, 20)), "limitMinor": (True, integer(0)),
    "reseller": (True, text(MSP)), "allOrNothing": (False, one_of(True)), "guests": (False, list_of(text(THUMBPRINT), 1, 3)),
})
ASK = strict({"ticket": (True, text(TICKET)), "issue": (True, integer(1)), "askMinor": (True, integer(0)), "reseller": (True, text(MSP))})
GUEST = strict({**CLAIMS, "host": (True, text(THUMBPRINT)), "bid": (True, text(SLUG))})
DEPOSIT = strict({
    **CLAIMS, "reseller": (True, text(MSP)), "amountMinor": (True, integer(1)), "currency": (True, text("[A-Z]{3}")),
    "paymentReference": (True, text(COMMAND)),
})
WITHDRAWAL = strict({**CLAIMS, "reseller": (True, text(MSP))})


def order_form(value: Json) -> None:
    strict({
        **CLAIMS, "marketKey": (True, text(THUMBPRINT)), "sequence": (True, integer(0)),
        "bid": (False, BID), "ask": (False, ASK), "cancel": (False, cancel_form),
    })(value)
    need(sum(part in value for part in ("bid", "ask", "cancel")) == 1, "INVALID_FIELD")
    guests = value.get("bid", {}).get("guests", [])
    need(len(guests) < value.get("bid", {"quantity": 1})["quantity"], "INVALID_FIELD")
    need(len({value["credential"], *guests}) == len(guests) + 1, "INVALID_FIELD")
