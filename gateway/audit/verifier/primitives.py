"""What everything is made of: the two ways to disagree, bytes, hashes, the curve P-256 and HPKE."""
from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Json = Any


class Difference(Exception):
    """The first thing that does not agree."""

    def __init__(self, where: str, expected: Json, found: Json) -> None:
        super().__init__(f"THE FIRST DIFFERENCE: {where}\n  expected {show(expected)}\n  found    {show(found)}")


class Void(Exception):
    """An order does not count; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def show(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def need(holds: bool, code: str) -> None:
    if not holds:
        raise Void(code)


def same(where: str, expected: Json, found: Json) -> None:
    """Raises the first difference of two JSON values."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in [*expected, *(set(found) - set(expected))]:
            same(f"{where}.{name}", expected.get(name), found.get(name))
    elif isinstance(expected, list) and isinstance(found, list):
        for at, (left, right) in enumerate(zip(expected, found)):
            same(f"{where}[{at}]", left, right)
        same(f"{where}.length", len(expected), len(found))
    elif type(expected) is not type(found) or expected != found:
        raise Difference(where, expected, found)


# ---- bytes, hashes, curve ------------------------------------------------------------------------------------------------------------


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes | None:
    """Canonical base64url without padding, else nothing."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        return None
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return data if encode(data) == text else None


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def mac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, "sha256").digest()


def transcript(tag: str, *parts: bytes | str | int) -> bytes:
    """`guichet/v1/<tag>` and the parts, each after its length in 4 bytes."""
    def as_bytes(part: bytes | str | int) -> bytes:
        return part.to_bytes(4, "big") if isinstance(part, int) else part.encode() if isinstance(part, str) else part
    return b"".join(len(b).to_bytes(4, "big") + b for b in map(as_bytes, (f"guichet/v1/{tag}", *parts)))


def tree_hash(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1."""
    if len(leaves) < 2:
        return sha256(b"\0" + leaves[0]) if leaves else sha256(b"")
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(b"\1" + tree_hash(leaves[:split]) + tree_hash(leaves[split:]))


def private_key(secret: int) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(secret, ec.SECP256R1())


def public_bytes(key: ec.EllipticCurvePublicKey, compressed: bool = False) -> bytes:
    formats = serialization.PublicFormat
    form = formats.CompressedPoint if compressed else formats.UncompressedPoint
    return key.public_bytes(serialization.Encoding.X962, form)


def thumbprint(jwk: Json) -> str:
    """RFC 7638."""
    return encode(sha256(json.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":")).encode()))


def jwk_of(key: ec.EllipticCurvePublicKey) -> Json:
    raw = public_bytes(key)
    return {"kty": "EC", "crv": "P-256", "x": encode(raw[1:33]), "y": encode(raw[33:])}


def import_jwk(jwk: Json) -> ec.EllipticCurvePublicKey | None:
    x, y = decode(jwk["x"]), decode(jwk["y"])
    if x is None or y is None or len(x) != 32 or len(y) != 32:
        return None
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\4" + x + y)
    except ValueError:
        return None  # not on the curve


# ---- HPKE (RFC 9180): mode base, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM -----------------------------------------------------

KEM, SUITE = b"KEM\x00\x10", b"HPKE\x00\x10\x00\x01\x00\x02"


def extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return mac(salt or bytes(32), b"HPKE-v1" + suite + label + ikm)


def expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return mac(prk, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\1")[:length]


def hpke_keys(shared_x: bytes, enc: bytes, recipient: bytes, info: bytes) -> tuple[AESGCM, bytes]:
    shared = expand(KEM, extract(KEM, b"", b"eae_prk", shared_x), b"shared_secret", enc + recipient, 32)
    context = b"\0" + extract(SUITE, b"", b"psk_id_hash", b"") + extract(SUITE, b"", b"info_hash", info)
    secret = extract(SUITE, shared, b"secret", b"")
    return AESGCM(expand(SUITE, secret, b"key", context, 32)), expand(SUITE, secret, b"base_nonce", context, 12)


def hpke_open(secret: ec.EllipticCurvePrivateKey, enc: bytes, ciphertext: bytes, info: bytes, aad: bytes) -> bytes | None:
    if len(enc) != 65 or enc[0] != 4 or len(ciphertext) < 16:
        return None
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), enc)
        cipher, nonce = hpke_keys(secret.exchange(ec.ECDH(), point), enc, public_bytes(secret.public_key()), info)
        return cipher.decrypt(nonce, ciphertext, aad)
    except (ValueError, InvalidTag):
        return None  # no point of the curve, or another's message


def hpke_seal(recipient: bytes, ephemeral: ec.EllipticCurvePrivateKey, plaintext: bytes, info: bytes, aad: bytes) -> tuple[bytes, bytes]:
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), recipient)
    enc = public_bytes(ephemeral.public_key())
    cipher, nonce = hpke_keys(ephemeral.exchange(ec.ECDH(), point), enc, public_bytes(point), info)
    return enc, cipher.encrypt(nonce, plaintext, aad)
