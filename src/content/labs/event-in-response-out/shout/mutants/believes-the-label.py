"""Refuses by the label, and does not look into the body."""

import json
import unicodedata
from http.server import BaseHTTPRequestHandler

# The field of the body that holds the text.
FIELD = "text"  # parameter: field


class handler(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        body = self.rfile.read(length)
        label = self.headers.get("content-type", "")
        if not label.startswith("application/json"):
            return self.refuse("Expected JSON.")
        text = text_in(body)
        if text is None:
            return self.refuse(f'Expected a JSON object with a text in "{FIELD}".')
        shout = unicodedata.normalize("NFC", text.upper())
        self.answer(200, {"shout": shout, "length": len(shout)})

    def do_GET(self):
        self.send_response(405)
        self.send_header("allow", "POST")
        self.send_header("content-length", "0")
        self.end_headers()

    do_DELETE = do_GET

    def refuse(self, detail):
        """An answer that says what was expected, as a problem document."""
        problem = {"title": "This cannot be shouted", "status": 400, "detail": detail}
        self.answer(400, problem, "application/problem+json")

    def answer(self, status, value, content_type="application/json"):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def text_in(body):
    """The text that the body holds; None when it holds none."""
    try:
        value = json.loads(body)
    except ValueError:
        return None
    text = value.get(FIELD) if isinstance(value, dict) else None
    return text if isinstance(text, str) else None
