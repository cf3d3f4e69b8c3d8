"""How many pods there should be, decided every two seconds as Knative does."""

import math


def step(spec, state, observed):
    now, stable = observed["now"], observed["stable"]
    panic, ready = observed["panic"], observed["ready"]
    print(now, "ms: stable", stable, "panic", panic, "ready", ready, "target", spec["target"])

    # 1. All rates apply to the ready pods. Where none is ready, they apply to one.

    # 2. Most: that many times maxScaleUpRate, rounded up (math.ceil).
    #    Least: that many over maxScaleDownRate, rounded down. Nothing where reachable is false.

    # 3. Each of the two averages asks for average over target pods, rounded up.

    # 4. What it asks for is held between least and most.
    #    Sharp edge: if it asks for any at all, it gets activationScale at least.

    # 5. Is this a panic? It begins, and begins anew, when the panic average asks for panicThreshold
    #    times the pods of rule 1, or more. What it asks for counts here, before rule 4.
    #    It ends when more than stableWindowMs have passed since that was so. Its peak is 0 then.

    # 6. In a panic the peak is the largest number that rule 4 has given to either average so far,
    #    and the peak is the answer. Without one the answer is what the stable average was given.

    return {"desired": ready, "state": state}
