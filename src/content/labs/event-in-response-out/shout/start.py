"""Shouts what it is told. POST a JSON object with a text, and the text comes back in capitals."""

import json
from http.server import BaseHTTPRequestHandler

# The field of the body that holds the text.
FIELD = "text"  # parameter: field


class handler(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        body = self.rfile.read(length)
        print("I was sent", body, "and I look for", FIELD)

        self.answer(200, {"shout": "", "length": 0})

    def do_GET(self):
        self.send_response(405)
        self.send_header("allow", "POST")
        self.send_header("content-length", "0")
        self.end_headers()

    do_DELETE = do_GET

    def answer(self, status, value, content_type="application/json"):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
