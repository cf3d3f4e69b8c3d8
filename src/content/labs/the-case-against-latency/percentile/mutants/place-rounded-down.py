"""Takes the share of the length, rounded down, as a place in the list."""

import math


def percentile(waits, share):
    """The wait within which `share` per cent of all lie, by the nearest rank."""
    if not waits:
        raise ValueError("There are no waits, so there is no percentile.")
    ordered = sorted(waits)
    place = math.floor(share / 100 * len(ordered))
    return ordered[min(place, len(ordered) - 1)]


def report(waits):
    """Half and nine in ten of the waits, and how long the first caller waited."""
    p50, p90 = percentile(waits, 50), percentile(waits, 90)
    return {"p50": p50, "p90": p90, "first": waits[0]}
