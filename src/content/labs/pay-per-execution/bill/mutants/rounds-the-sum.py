"""Rounds the time of the whole month up, once."""

import math


def bill(usage, prices):
    gb = usage["memoryMb"] / 1024
    step = prices["roundUpToMs"]
    all_ms = math.ceil(usage["calls"] * usage["msPerCall"] / step) * step
    calls = max(0, usage["calls"] - prices["freeCalls"])
    gb_seconds = max(0, (all_ms / 1000) * gb - prices["freeGbSeconds"])
    requests = calls / 1e6 * prices["perMillionCalls"]
    compute = gb_seconds * prices["perGbSecond"]
    return {"requests": requests, "compute": compute, "total": requests + compute}
