"""Percentiles of waits, in ms."""


def percentile(waits, share):
    """The wait within which `share` per cent of all lie, by the nearest rank."""
    print(share, "per cent of", len(waits), "waits:", waits)

    return 0


def report(waits):
    """Half and nine in ten of the waits, and how long the first caller waited."""
    p50, p90 = percentile(waits, 50), percentile(waits, 90)
    return {"p50": p50, "p90": p90, "first": waits[0]}
