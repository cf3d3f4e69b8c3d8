"""Waits while an instance starts."""


def place(pool):
    ready = [one for one in pool["instances"] if one["state"] == "ready"]
    open_ones = [one for one in ready if 0 < one["calls"] < pool["perInstance"]]
    idle = [one for one in ready if one["calls"] == 0]
    if open_ones:
        return max(open_ones, key=lambda one: one["calls"])["id"]
    if idle:
        return min(idle, key=lambda one: one["idleForMs"])["id"]
    if len(ready) < len(pool["instances"]):
        return "wait"
    if len(pool["instances"]) < pool["most"]:
        return "start"
    return "wait"
