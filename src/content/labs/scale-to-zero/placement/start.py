"""Says where a call goes: onto an instance (its id), "start" for a new one, or "wait"."""


def place(pool):
    ready = [one for one in pool["instances"] if one["state"] == "ready"]
    print(len(ready), "of", len(pool["instances"]), "instances are ready")

    return "wait"
