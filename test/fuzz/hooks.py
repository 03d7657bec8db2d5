"""Hooks of the fuzzer: https://schemathesis.readthedocs.io/en/stable/guides/extending/"""

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
    """A header that nobody knows is nobody's business (RFC 9110, section 5.1); it takes them for members of an object."""
    unknown = UNKNOWN_HEADER in {name.lower() for name in case.headers or {}}
    return not (failure.code == "ST201" and unknown)
