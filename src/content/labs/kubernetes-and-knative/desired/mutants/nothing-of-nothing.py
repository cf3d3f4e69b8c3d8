"""Lets the rates apply to no pods where none is ready."""

import math


def step(spec, state, observed):
    now, stable = observed["now"], observed["stable"]
    panic, ready = observed["panic"], observed["ready"]
    pods = ready
    most = math.ceil(pods * spec["maxScaleUpRate"])
    least = math.floor(pods / spec["maxScaleDownRate"]) if spec["reachable"] else 0
    asks_stable = math.ceil(stable / spec["target"])
    asks_panic = math.ceil(panic / spec["target"])
    calm = min(max(asks_stable, least), most)
    surge = min(max(asks_panic, least), most)
    if asks_stable > 0:
        calm = max(calm, spec["activationScale"])
    if asks_panic > 0:
        surge = max(surge, spec["activationScale"])
    since, peak = state["panicSince"], state["peak"]
    if asks_panic >= spec["panicThreshold"] * pods and asks_panic > 0:
        since = now
    elif since is not None and now - since > spec["stableWindowMs"]:
        since = None
    peak = 0 if since is None else max(peak, calm, surge)
    desired = calm if since is None else peak
    return {"desired": desired, "state": {"panicSince": since, "peak": peak}}
