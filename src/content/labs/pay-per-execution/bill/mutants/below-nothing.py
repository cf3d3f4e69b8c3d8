"""Pays out what is free and not used."""

import math


def bill(usage, prices):
    gb = usage["memoryMb"] / 1024
    step = prices["roundUpToMs"]
    ms = math.ceil(usage["msPerCall"] / step) * step
    calls = usage["calls"] - prices["freeCalls"]
    gb_seconds = usage["calls"] * (ms / 1000) * gb - prices["freeGbSeconds"]
    requests = calls / 1e6 * prices["perMillionCalls"]
    compute = gb_seconds * prices["perGbSecond"]
    return {"requests": requests, "compute": compute, "total": requests + compute}
