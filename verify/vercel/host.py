"""A process that holds one Python function of the output and calls it through Vercel's own runtime.

A call is a line of JSON on the standard input, its answer a line on descriptor 3.
"""

import base64
import importlib
import json
import os
import sys
import traceback

answers = os.fdopen(3, "w")
sys.path.insert(0, os.getcwd())
module, name = sys.argv[1].split(".")


def answer(call):
    handler = getattr(importlib.import_module(module), name)
    request = {
        "method": call["method"],
        "path": call["path"],
        "headers": dict(call["headers"]),
        "encoding": "base64",
        "body": call["body"],
    }
    response = handler({"body": json.dumps(request)}, None)
    body = response["body"]
    if response.get("encoding") != "base64":
        body = base64.b64encode(body.encode()).decode()
    headers = [
        [name, value]
        for name, values in response["headers"].items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return {"status": response["statusCode"], "headers": headers, "body": body}


for line in sys.stdin:
    call = json.loads(line)
    try:
        result = answer(call)
    except BaseException:
        result = {"error": traceback.format_exc()}
    print(json.dumps({"id": call["id"], **result}), file=answers, flush=True)
