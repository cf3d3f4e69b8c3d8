"""A function that does nothing: its start is all the platform's and the runtime's."""

import json
from http.server import BaseHTTPRequestHandler


class handler(BaseHTTPRequestHandler):
    # region handler
    def do_GET(self):
        body = json.dumps({"done": True}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    # endregion
