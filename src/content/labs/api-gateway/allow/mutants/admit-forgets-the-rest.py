"""Moves the time in `admit` when a token has grown, and forgets the rest."""

# Tokens that grow in a second.
RATE = 5  # parameter: rate

# Tokens that a full bucket holds.
BURST = 10  # parameter: burst

# What each key has left, and when that was.
buckets = {}


def allow(key, now):
    tokens, at = buckets.get(key, (BURST, now))
    elapsed = max(0, now - at)
    left = min(BURST, tokens + elapsed * RATE / 1000)
    if left < 1:
        return False
    buckets[key] = (left - 1, max(at, now))
    return True


# A colleague's door, with the same limit. It has whole tokens only.
jars = {}


def admit(key, now):
    jar = jars.setdefault(key, {"tokens": BURST, "at": now})
    grown = (now - jar["at"]) * RATE // 1000
    jar["tokens"] = min(BURST, jar["tokens"] + grown)
    if grown > 0:
        jar["at"] = now
    if jar["tokens"] < 1:
        return False
    jar["tokens"] -= 1
    return True
