"""The cheapest way to serve a load, by the month."""

from bill import bill

# Hours in a month, on the average of a year.
HOURS = 730


def month_of(shape, offer):
    if "prices" in offer:
        print(offer["name"], shape["calls"], "calls, and bill says", bill(shape, offer["prices"]))
        return 0
    print(offer["name"], HOURS, "hours at", offer["perHour"], "at most", offer["most"], "machines")
    return 0


def cheapest(shape, offers):
    months = {}
    for offer in offers:
        months[offer["name"]] = month_of(shape, offer)
    return {"cheapest": None, "months": months}
