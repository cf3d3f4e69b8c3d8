"""Two doors that let a caller in, or refuse: `allow` is yours to write, `admit` to mend."""

import math

# Tokens that grow in a second.
RATE = 5  # parameter: rate

# Tokens that a full bucket holds.
BURST = 10  # parameter: burst

# What each key has left, and when that was.
buckets = {}


def allow(key, now):
    tokens, at = buckets.get(key, (BURST, now))
    print(key, "had", tokens, "tokens at", at, "and it is", now)

    return False


# A colleague's door, with the same limit. It has whole tokens only.
jars = {}


def admit(key, now):
    jar = jars.setdefault(key, {"tokens": BURST, "at": now})
    grown = math.floor((now - jar["at"]) * RATE / 1000)
    jar["tokens"] = min(BURST, jar["tokens"] + grown)
    jar["at"] = now
    if jar["tokens"] < 1:
        return False
    jar["tokens"] -= 1
    return True
