"""Takes the free calls off at the door as well."""

import math

from bill import bill

# Hours in a month, on the average of a year.
HOURS = 730


def month_of(shape, offer):
    if "prices" in offer:
        paid = max(0, shape["calls"] - offer["prices"]["freeCalls"])
        door = paid / 1e6 * offer["doorPerMillion"]
        return bill(shape, offer["prices"])["total"] + door
    needed = math.ceil(shape["peakPerSecond"] / offer["callsPerSecond"])
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
