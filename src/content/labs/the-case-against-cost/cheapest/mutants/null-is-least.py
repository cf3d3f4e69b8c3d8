"""Takes None for the least of all months."""

import math

from bill import bill

# Hours in a month, on the average of a year.
HOURS = 730


def month_of(shape, offer):
    if "prices" in offer:
        door = shape["calls"] / 1e6 * offer["doorPerMillion"]
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
        if (month or 0) < least:
            best, least = offer["name"], month or 0
    return {"cheapest": best, "months": months}
