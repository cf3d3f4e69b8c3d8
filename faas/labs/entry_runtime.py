"""Makes a function out of a lab's named functions: the same as `entry-runtime.ts`, in Python.

A Python call is not put off at an `await`, so each runs in a thread of its own, and only the one that
the schedule has chosen goes on: a handed-in function blocks its caller until its turn.
"""

import json
import threading
import traceback
from http.server import BaseHTTPRequestHandler


class Waiting:
    def __init__(self, go_on):
        self.go_on = go_on


def plain(value):
    """The value as JSON carries it. What JSON has no word for becomes text."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return {"inf": "Infinity", "-inf": "-Infinity"}.get(str(value), "NaN")
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return str(value)


def run_entries(module, asked):
    """Runs all calls, one step at a time, in the order that the schedule chooses."""
    calls, handed = asked["calls"], asked.get("handed", {})
    schedule = asked.get("schedule", [])
    waiting, steps, times = [], [], {}
    results = [None] * len(calls)
    # Released by the thread that runs, when it waits or ends.
    rests = threading.Semaphore(0)
    answered = threading.Event()

    def step(call, does, name, value):
        steps.append({"call": call, "does": does, "handed": name, "with": plain(value)})

    def hand_in(call, name):
        def run(*given):
            script = handed.get(name, [])
            times[name] = times.get(name, 0) + 1
            answer = script[min(times[name], len(script)) - 1] if script else {"value": None}
            step(call, "calls", name, given)
            # One that was kept and is called after the answer waits for no turn.
            if not answered.is_set():
                mine = threading.Event()
                waiting.append(Waiting(mine.set))
                rests.release()
                mine.wait()
            step(call, "goes on", name, answer)
            if "error" in answer:
                raise RuntimeError(answer["error"])
            return answer.get("value")

        return run

    def begin(call):
        step(call, "begins", None, None)
        try:
            run = getattr(module, calls[call]["entry"], None)
            if not callable(run):
                raise TypeError(f"Expected a function called {calls[call]['entry']}.")
            args = [
                hand_in(call, arg["$handed"]) if isinstance(arg, dict) and "$handed" in arg else arg
                for arg in calls[call]["args"]
            ]
            result = {"value": plain(run(*args))}
        except Exception as error:
            result = {
                "error": str(error) or type(error).__name__,
                "stack": "".join(traceback.format_exception(type(error), error, error.__traceback__)),
            }
        results[call] = result
        step(call, "ends", None, result)
        rests.release()

    def begins(call):
        return Waiting(lambda: threading.Thread(target=begin, args=(call,), daemon=True).start())

    waiting.extend(begins(call) for call in range(len(calls)))
    choice = 0
    while None in results:
        chosen = schedule[choice] if choice < len(schedule) else 0
        waiting.pop(chosen % len(waiting)).go_on()
        rests.acquire()
        choice += 1
    answered.set()
    return {"results": results, "steps": steps}


def entry_handler(module):
    """A `class handler` over the functions of `module`."""

    class handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["content-length"])
            answer = run_entries(module, json.loads(self.rfile.read(length)))
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return handler
