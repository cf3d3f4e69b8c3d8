"""Turns what is free into money, and takes it off the total."""

import math


def bill(usage, prices):
    gb = usage["memoryMb"] / 1024
    step = prices["roundUpToMs"]
    ms = math.ceil(usage["msPerCall"] / step) * step
    gb_seconds = usage["calls"] * (ms / 1000) * gb
    requests = usage["calls"] / 1e6 * prices["perMillionCalls"]
    compute = gb_seconds * prices["perGbSecond"]
    free = prices["freeCalls"] / 1e6 * prices["perMillionCalls"]
    free += prices["freeGbSeconds"] * prices["perGbSecond"]
    total = max(0, requests + compute - free)
    requests = min(requests, total)
    return {"requests": requests, "compute": total - requests, "total": total}
