"""Bills everything, what is free as well."""

import math


def bill(usage, prices):
    gb = usage["memoryMb"] / 1024
    step = prices["roundUpToMs"]
    ms = math.ceil(usage["msPerCall"] / step) * step
    calls = usage["calls"]
    gb_seconds = usage["calls"] * (ms / 1000) * gb
    requests = calls / 1e6 * prices["perMillionCalls"]
    compute = gb_seconds * prices["perGbSecond"]
    return {"requests": requests, "compute": compute, "total": requests + compute}
