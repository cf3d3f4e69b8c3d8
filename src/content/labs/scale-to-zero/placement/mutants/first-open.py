"""Takes of several with room the first in the list."""


def place(pool):
    ready = [one for one in pool["instances"] if one["state"] == "ready"]
    open_ones = [one for one in ready if 0 < one["calls"] < pool["perInstance"]]
    idle = [one for one in ready if one["calls"] == 0]
    if open_ones:
        return open_ones[0]["id"]
    if idle:
        return min(idle, key=lambda one: one["idleForMs"])["id"]
    if len(pool["instances"]) < pool["most"]:
        return "start"
    return "wait"
