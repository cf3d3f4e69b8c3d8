"""The price of a checkout, in Python: waits as long as it takes, and calls what comes after it, if anything.

Its twin, `api/price.ts`, answers for it where there is no Python. Both hand the trace on.
"""

import json
import math
import os
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlencode, urlsplit

HOPS = ("cart", "price", "pay", "ship")
# Of each knob what it is by default, its least and its most; the same as in `_lib/checkout-knobs.ts`.
KNOBS = {
    "waitMs": (20, 0, 5_000),
    "tries": (1, 1, 5),
    "backoffMs": (0, 0, 1_000),
    "timeoutMs": (0, 0, 9_000),
}
MAY_REPEAT = (429, 502, 503, 504)
# Statuses that say that nothing was done.
NOTHING_DONE = (400, 403, 404, 405, 409, 429, 503, 508)
# Without a proxy: the functions are beside this one.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def number(query, name, usual, least, most):
    text = query.get(name, "")
    if text == "":
        return usual
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise ValueError(f'{name} is a number from {least} to {most}, not "{text}".')
    return value


def knob(query, hop, name):
    own = f"{hop}.{name}"
    return number(query, own if own in query else name, *KNOBS[name])


def hops(query, name):
    named = [text for text in query.get(name, "").split(",") if text]
    for text in named:
        if text not in HOPS:
            raise ValueError(f'{name} is a list of {", ".join(HOPS)}, and "{text}" is none of them.')
    return named


class handler(BaseHTTPRequestHandler):
    # region handler
    def do_POST(self):
        self.calls = {}
        query = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        self.query = {name: values[0] for name, values in query.items()}
        try:
            deadline_ms = number(self.query, "deadlineMs", math.inf, 0, 60_000)
            self.until = time.perf_counter() + deadline_ms / 1000
            wait_ms = knob(self.query, "price", "waitMs")
            down, chain = hops(self.query, "down"), hops(self.query, "next")
            for hop in chain:
                for name in KNOBS:
                    knob(self.query, hop, name)
        except ValueError as error:
            return self.fail(400, str(error))

        if "price" in down:
            return self.fail(503, "price is down.")
        left_ms = self.left_ms()
        time.sleep(min(wait_ms, left_ms) / 1000)
        if left_ms < wait_ms:
            return self.fail(504, "No time was left for price to end.")
        if not chain:
            return self.answer(200, {"did": ["price"], "calls": {}})

        status, why = self.call(chain[0], chain[1:])
        if status != 200:
            return self.fail(status, why)
        self.answer(200, {"did": ["price", *chain], "calls": self.calls})

    # endregion

    # region tries
    def call(self, hop, rest):
        """Calls the next function, with its tries. Returns the status of this one's own answer, and why."""
        tries, backoff_ms = knob(self.query, hop, "tries"), knob(self.query, hop, "backoffMs")
        tried = 1
        # A try that may have been done leaves the hop unknown, whatever is said of later ones.
        unknown = None
        while True:
            left_ms = self.left_ms()
            if left_ms == 0:
                return (502, unknown) if unknown else (504, f"No time was left to call {hop}.")
            ok, may_repeat, is_refused, why = self.once(hop, rest, left_ms)
            if ok:
                return 200, ""
            if not is_refused:
                unknown = why
            if not may_repeat or tried >= tries:
                return 502, unknown or why
            time.sleep(min(self.left_ms(), backoff_ms * 2 ** (tried - 1)) / 1000)
            tried += 1

    # endregion

    def once(self, hop, rest, left_ms):
        timeout_ms = knob(self.query, hop, "timeoutMs") or math.inf
        patience_ms = min(timeout_ms, left_ms)
        query = {**self.query, "next": ",".join(rest)}
        if left_ms != math.inf:
            query["deadlineMs"] = str(math.floor(left_ms))
        request = urllib.request.Request(f"{self.base()}/api/{hop}?{urlencode(query)}", method="POST")
        for name in ("traceparent", "tracestate"):
            if self.headers[name]:
                request.add_header(name, self.headers[name])
        timeout = None if patience_ms == math.inf else patience_ms / 1000
        self.count({hop: 1})
        try:
            with opener.open(request, timeout=timeout) as response:
                self.count(json.load(response).get("calls", {}))
                return True, False, False, ""
        except urllib.error.HTTPError as error:
            # Whoever stands before a function may answer with another body, or none.
            said = json.load(error) if "json" in error.headers.get("content-type", "") else {}
            self.count(said.get("calls", {}))
            why = f"{hop} answered {error.code}: {said.get('detail', 'no reason')}"
            return False, error.code in MAY_REPEAT, error.code in NOTHING_DONE, why
        except (OSError, ValueError) as error:
            return False, True, False, f"{hop} did not answer: {error}"

    def base(self):
        """Where the other functions are: as the platform says, else where this call came to."""
        host = self.headers.get("host", "localhost")
        scheme = self.headers.get("x-forwarded-proto", "http")
        return os.environ.get("FUNCTIONS_URL") or f"{scheme}://{host}"

    def left_ms(self):
        return max(0, (self.until - time.perf_counter()) * 1000)

    def count(self, counts):
        for hop, calls in counts.items():
            self.calls[hop] = self.calls.get(hop, 0) + calls

    def fail(self, status, detail):
        titles = {400: "Bad Request", 502: "Bad Gateway", 503: "Service Unavailable"}
        title = titles.get(status, "Gateway Timeout")
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        self.answer(status, {**problem, "calls": self.calls}, "application/problem+json")

    def answer(self, status, value, content_type="application/json"):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
