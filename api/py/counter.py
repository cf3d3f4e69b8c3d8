"""Two counters: one outlives the request, the other does not."""

import json
from http.server import BaseHTTPRequestHandler

print("counter.py is loaded")

count = 0


class handler(BaseHTTPRequestHandler):
    # region handler
    def do_GET(self):
        global count
        handler_count = 0

        count += 1
        handler_count += 1

        body = json.dumps({"count": count, "handlerCount": handler_count}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    # endregion
