"""Serves one call after another on a connection, using the standard library's request handler.

The library reads the request and writes the response's head. This module adds: the handler runs as
one call that the platform counts; the request's body ends at its length; a response is framed exactly
once; a short response is complete before any of it is sent; and a connection is reused only when
nothing of the last call is left on it.
"""

import io

# A body whose content-length is at most this many bytes is held back until its handler is done.
WHOLE_BYTES = 65_536
LONGEST_LINE = 65_536
# Bytes of an unread request body that are drained, so that the response arrives.
UNREAD_BYTES = 1_000_000
LINGER_S = 1
TOKEN, CALL = "x-faas-token", "x-faas-call"
UNAUTHORIZED = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
FAILED = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Body(io.RawIOBase):
    """The body of one request. It ends at the body's end, although the connection stays open."""

    def __init__(self, stream, headers):
        self.stream = stream
        self.chunked = "chunked" in headers.get("transfer-encoding", "").lower()
        self.left = 0 if self.chunked else int(headers.get("content-length") or 0)

    def readable(self):
        return True

    @property
    def is_read(self):
        return self.left == 0 and not self.chunked

    def readinto(self, buffer):
        if self.left == 0 and self.chunked:
            self.next_chunk()
        data = self.stream.read1(min(len(buffer), self.left)) if self.left > 0 else b""
        if self.left > 0 and not data:
            raise ConnectionError("The request body ended too early")
        self.left -= len(data)
        buffer[: len(data)] = data
        return len(data)

    def next_chunk(self):
        line = self.stream.readline(LONGEST_LINE)
        if line in (b"\r\n", b"\n"):
            line = self.stream.readline(LONGEST_LINE)
        self.left = int(line.split(b";")[0], 16)
        if self.left > 0:
            return
        self.chunked = False
        while self.stream.readline(LONGEST_LINE) not in (b"\r\n", b"\n", b""):
            pass


class Answer(io.BufferedIOBase):
    """The handler's output. A short response is held back until complete; any other is streamed."""

    def __init__(self, connection):
        self.connection = connection
        self.held = b""
        # Known from the head: whether there is a body, its length, and whether we send it in chunks.
        self.has_head = False
        self.has_body = True
        self.length = None
        self.chunked = False
        self.written = 0
        # Whether any of it has been sent.
        self.has_begun = False

    def writable(self):
        return True

    @property
    def is_short(self):
        if not self.has_head or not self.has_body:
            return self.has_head
        return self.length is not None and self.length <= WHOLE_BYTES

    @property
    def ends_by_itself(self):
        """Whether the reader can find the end without the connection being closed."""
        return self.has_head and (not self.has_body or self.length is not None or self.chunked)

    def head(self, data, has_body, length, chunked):
        self.held += data
        self.has_head, self.has_body, self.length, self.chunked = True, has_body, length, chunked

    def write(self, data):
        data = bytes(data)
        if not self.has_body or not data:
            return len(data)
        self.written += len(data)
        if self.length is not None and self.written > self.length:
            raise ValueError(self.wrong_length("longer"))
        self.held += b"%x\r\n%b\r\n" % (len(data), data) if self.chunked else data
        # The head waits for the body's first bytes, so that both go in one packet.
        self.flush()
        return len(data)

    def flush(self):
        if not self.is_short:
            self.send()

    def send(self):
        out, self.held = self.held, b""
        if out:
            self.has_begun = True
            self.connection.sendall(out)

    def check(self):
        """Raises when a finished handler has sent no head, or less than its content-length."""
        if not self.has_head and not self.has_begun:
            raise RuntimeError("The handler answered nothing. Expected send_response and end_headers.")
        if self.has_body and self.length is not None and self.written < self.length:
            raise ValueError(self.wrong_length("shorter"))

    def end(self, closes):
        """Sends the rest of the response and its end."""
        if self.chunked:
            self.held += b"0\r\n\r\n"
        if closes and self.is_short:
            head, end, body = self.held.partition(b"\r\n\r\n")
            self.held = head + b"\r\nConnection: close" + end + body
        self.send()

    def fail(self):
        """Sends a bare 500 if nothing was sent yet; otherwise leaves the response without its end."""
        if not self.has_begun:
            self.connection.sendall(FAILED)

    def wrong_length(self, what):
        return (
            f"The answer's body is {what} than its content-length says: {self.length} bytes were "
            f"announced, {self.written} came."
        )


class Exchange:
    """Mixed in before a function's own class; runs its methods as calls of `self.server.runtime`.

    Its own attributes have names that a function's class cannot use.
    """

    # HTTP/1.1 allows a connection to be reused; whether it is, is decided below.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.__wire = self.rfile, self.wfile

    def finish(self):
        self.rfile, self.wfile = self.__wire
        super().finish()

    def handle(self):
        self.close_connection = False
        while not self.close_connection:
            self.rfile, self.wfile = self.__wire
            self.handle_one_request()

    def handle_one_request(self):
        self.raw_requestline = self.rfile.readline(LONGEST_LINE)
        is_request = self.raw_requestline and self.parse_request()
        # Stays true unless the call ends properly.
        self.close_connection = True
        if not is_request:
            return
        runtime = self.server.runtime
        token, call = self.headers.get(TOKEN), self.headers.get(CALL)
        del self.headers[TOKEN], self.headers[CALL]
        if token != runtime.token:
            self.wfile.write(UNAUTHORIZED)
            return
        body, answer = Body(self.rfile, self.headers), Answer(self.connection)
        self.rfile, self.wfile = io.BufferedReader(body), answer
        runtime.run(call, self.__run_method, answer, lambda: self.__end(body, answer))
        self.__linger(body)

    def __run_method(self):
        method = getattr(self, "do_" + self.command, None)
        if method is None:
            self.send_error(501, f"Unsupported method ({self.command!r})")
        else:
            method()
        self.wfile.check()

    def __end(self, body, answer):
        self.close_connection = not (body.is_read and answer.ends_by_itself)
        answer.end(self.close_connection)

    def __linger(self, body):
        """Drains the request: closing a connection with unread bytes can lose the response."""
        if body.is_read:
            return
        self.connection.settimeout(LINGER_S)
        try:
            for _ in range(UNREAD_BYTES // LONGEST_LINE):
                if not body.read(LONGEST_LINE):
                    break
        except (OSError, ValueError):
            pass  # The caller has left.

    # Overrides of the library's own methods.

    def send_response_only(self, code, message=None):
        self.__answered, self.__stated, self.__is_framed = code, None, False
        super().send_response_only(code, message)

    def send_header(self, keyword, value):
        name = keyword.lower()
        if name == "content-length":
            self.__stated = int(value)
        elif name == "transfer-encoding":
            self.__is_framed = True
        # The platform sets these.
        if name not in ("server", "date"):
            super().send_header(keyword, value)

    def flush_headers(self):
        head = b"".join(getattr(self, "_headers_buffer", []))
        self._headers_buffer = []
        if not head.endswith(b"\r\n\r\n") or self.__answered < 200:
            self.__wire[1].write(head)
            return
        has_body = self.command != "HEAD" and self.__answered not in (204, 304)
        chunked = has_body and self.__stated is None and not self.__is_framed
        if chunked:
            head = head[:-2] + b"Transfer-Encoding: chunked\r\n\r\n"
        self.wfile.head(head, has_body, self.__stated, chunked)
