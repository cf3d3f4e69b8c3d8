"""Percentiles of waits, in ms."""

import math


def percentile(waits, share):
    """The wait within which `share` per cent of all lie, by the nearest rank."""
    # region lines
    if not waits:
        raise ValueError("There are no waits, so there is no percentile.")
    ordered = sorted(waits)
    rank = max(1, math.ceil(share * len(ordered) / 100))
    return ordered[rank - 1]
    # endregion


def report(waits):
    """Half and nine in ten of the waits, and how long the first caller waited."""
    p50, p90 = percentile(waits, 50), percentile(waits, 90)
    return {"p50": p50, "p90": p90, "first": waits[0]}
