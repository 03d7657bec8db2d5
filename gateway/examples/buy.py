#!/usr/bin/env python3
"""Builds a purchase request byte by byte and sends it. README.md beside this file explains the bytes; buy.ts does the same in TypeScript.

usage: buy.py <gateway> <event> <seller> <class> <token file>        needs: pip install cryptography
"""

import base64
import hashlib
import json
import secrets
import sys
import time
import urllib.error
import urllib.request

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact_json(value: dict) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def call(url: str, body: dict | None = None, token: str = "") -> tuple[int, dict]:
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else compact_json(body)
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=data, headers=headers)) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as problem:
        return problem.code, json.load(problem)


def main(gateway: str, event: str, seller: str, price_class: str, token_file: str) -> int:
    # 1. A key. Its public half is the holder; whoever has the private half has the tickets.
    private_key = ec.generate_private_key(ec.SECP256R1())
    numbers = private_key.public_key().public_numbers()
    x, y = (base64url(coordinate.to_bytes(32, "big")) for coordinate in (numbers.x, numbers.y))
    thumbprint = f'{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}'
    holder = base64url(hashlib.sha256(thumbprint.encode()).digest())

    # 2. What is wanted. The channel and the currency are the network's and the event's.
    channel = call(f"{gateway}/v1/network")[1]["channel"]
    currency = call(f"{gateway}/v1/events/{event}")[1]["currency"]
    payload = {
        "channel": channel,
        "event": event,
        "jti": f"py-{secrets.token_hex(8)}",
        "exp": int(time.time()) + 600,
        "seller": seller,
        "priceClass": price_class,
        "quantity": 2,
        "currency": currency,
        "maxTotalMinor": 100_000,
        "paymentReference": f"pay-{secrets.token_hex(8)}",
    }

    # 3. The bytes that are signed: header and payload, each as base64url of its JSON, with a dot between them.
    jwk = {"kty": "EC", "crv": "P-256", "x": x, "y": y}
    header = {"alg": "ES256", "typ": "guichet-purchase+jwt", "jwk": jwk}
    signed = f"{base64url(compact_json(header))}.{base64url(compact_json(payload))}"

    # 4. The signature: r and s, 32 bytes each, one after the other. The library gives DER, which is taken apart first.
    r, s = decode_dss_signature(private_key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    request = f"{signed}.{base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    # 5. The seller's shop sends it, with its operator's token: selling uses the seller's own key.
    with open(token_file, encoding="utf-8") as file:
        status, answer = call(f"{gateway}/v1/sales", {"request": request}, file.read().strip())
    print(status, json.dumps(answer, indent=2))
    print("holder", holder)
    return 0 if status in (200, 201) else 1


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
