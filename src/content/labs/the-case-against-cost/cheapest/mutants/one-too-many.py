"""Takes one more machine than the last that is full."""

import math

from bill import bill

# Hours in a month, on the average of a year.
HOURS = 730


def month_of(shape, offer):
    if "prices" in offer:
        door = shape["calls"] / 1e6 * offer["doorPerMillion"]
        return bill(shape, offer["prices"])["total"] + door
    needed = math.floor(shape["peakPerSecond"] / offer["callsPerSecond"]) + 1
    machines = max(offer["least"], needed)
    if machines > offer["most"]:
        return None
    return machines * offer["perHour"] * HOURS + offer["besidesPerMonth"]


def cheapest(shape, offers):
    months = {}
    best, least = None, math.inf
    for offer in offers:
        month = month_of(shape, offer)
        months[offer["name"]] = month
        if month is not None and month < least:
            best, least = offer["name"], month
    return {"cheapest": best, "months": months}
