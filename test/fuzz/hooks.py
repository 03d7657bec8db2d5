"""Hooks of the fuzzer: https://schemathesis.readthedocs.io/en/stable/guides/extending/"""

from urllib.parse import parse_qsl, urlsplit

import schemathesis

BLOCKS = 5
UNKNOWN_HEADER = "x-schemathesis-unknown-property"


@schemathesis.hook
def before_call(context, case, kwargs):
    """A block that is nowhere is 503 by design, and takes three seconds: `min-block` is of one that there is."""
    for part in (case.query, case.headers):
        value = str((part or {}).get("min-block", ""))
        if value.isascii() and value.isdigit() and len(value) <= 16:
            part["min-block"] = str(int(value) % BLOCKS)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """
    What it takes for accepted against the schema, and is not: a header that nobody knows is nobody's business (RFC 9110, section 5.1), which it takes for a member of
    an object; and of a query's members some are never sent, like an empty list.
    """
    unknown = UNKNOWN_HEADER in {name.lower() for name in case.headers or {}}
    sent = dict(parse_qsl(urlsplit(response.request.url).query, keep_blank_values=True))
    unsent = any(name not in sent for name in case.query or {})
    return not (failure.code == "ST201" and (unknown or unsent))
