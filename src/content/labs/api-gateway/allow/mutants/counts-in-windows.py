"""Counts the calls of each span of time, and begins anew with the next."""

import math

# Tokens that grow in a second.
RATE = 5  # parameter: rate

# Tokens that a full bucket holds.
BURST = 10  # parameter: burst

# How many came in, and in which span.
spans = {}


def allow(key, now):
    span = math.floor(now * RATE / BURST / 1000)
    seen, count = spans.get(key, (span, 0))
    if seen != span:
        count = 0
    if count >= BURST:
        return False
    spans[key] = (span, count + 1)
    return True


# A colleague's door, with the same limit, mended: a part of a token is kept.
jars = {}


def admit(key, now):
    jar = jars.setdefault(key, {"tokens": BURST, "at": now})
    grown = (now - jar["at"]) * RATE / 1000
    jar["tokens"] = min(BURST, jar["tokens"] + grown)
    jar["at"] = now
    if jar["tokens"] < 1:
        return False
    jar["tokens"] -= 1
    return True
