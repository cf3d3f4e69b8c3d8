"""Rounds to the nearest step."""

import math


def bill(usage, prices):
    gb = usage["memoryMb"] / 1024
    step = prices["roundUpToMs"]
    ms = round(usage["msPerCall"] / step) * step
    calls = max(0, usage["calls"] - prices["freeCalls"])
    gb_seconds = max(0, usage["calls"] * (ms / 1000) * gb - prices["freeGbSeconds"])
    requests = calls / 1e6 * prices["perMillionCalls"]
    compute = gb_seconds * prices["perGbSecond"]
    return {"requests": requests, "compute": compute, "total": requests + compute}
