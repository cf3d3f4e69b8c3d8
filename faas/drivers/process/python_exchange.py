"""One request and its answer, between the parent's connection and a handler.

A handler of Python's standard library thinks of one request per connection, and that its end is the
end of the answer. So each one gets a connection of its own that is not a socket, and what it writes
there is framed anew for the real one, which lives on.
"""

import io

OURS = (b"x-faas-token", b"x-faas-call")
# Framing is decided here, not by the handler; and no body waits to be asked for.
NOT_PASSED = (b"connection", b"keep-alive", b"transfer-encoding", b"expect")
LONGEST_LINE = 65_536
# What a handler has not read of its request is read for it, up to here; beyond, the connection ends.
UNREAD_BYTES = 1_000_000


class Body(io.RawIOBase):
    """The body of one request, and then its end, though the connection goes on."""

    def __init__(self, stream, length, chunked):
        self.stream = stream
        self.left = length
        self.chunked = chunked

    def readable(self):
        return True

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


class Request:
    """One request as it came, without what is between the parent and us."""

    def __init__(self, line, stream):
        self.method = line.split(b" ", 1)[0]
        self.ours = {}
        kept = [line]
        length, chunked = 0, False
        while True:
            header = stream.readline(LONGEST_LINE)
            if header in (b"\r\n", b"\n", b""):
                break
            name, _, value = header.partition(b":")
            name, value = name.strip().lower(), value.strip()
            if name in OURS:
                self.ours[name] = value.decode("latin-1")
            elif name == b"transfer-encoding":
                chunked = b"chunked" in value.lower()
            elif name not in NOT_PASSED:
                if name == b"content-length":
                    length = int(value)
                kept.append(header)
        self.head = b"".join(kept) + b"\r\n"
        self.body = Body(stream, 0 if chunked else length, chunked)

    def stream(self):
        """Head and body, as the handler reads them."""
        return Joined(self.head, io.BufferedReader(self.body))

    def skip(self):
        """Reads what the handler did not. Returns whether the connection can go on."""
        for _ in range(UNREAD_BYTES // LONGEST_LINE + 1):
            if not self.body.read(LONGEST_LINE):
                return True
        return False


class Joined(io.RawIOBase):
    """The head, and then the body."""

    def __init__(self, head, body):
        self.head = io.BytesIO(head)
        self.body = body

    def readable(self):
        return True

    def readinto(self, buffer):
        return self.head.readinto(buffer) or self.body.readinto1(buffer)


class Answer:
    """What a handler writes, framed anew: with its length if it named one, else in chunks."""

    def __init__(self, connection, method):
        self.connection = connection
        self.is_head = method == b"HEAD"
        self.started = False
        self.head = b""
        self.left = None
        self.chunked = False

    def write(self, data):
        data = bytes(data)
        if self.started:
            self.send(b"", data)
            return
        self.head += data
        head, end, rest = self.head.partition(b"\r\n\r\n")
        if end:
            self.started = True
            self.head = self.frame(head)
            if rest:
                self.send(b"", rest)

    def frame(self, head):
        status_line, *lines = head.split(b"\r\n")
        status = int(status_line.split(b" ")[1])
        framed = [b"HTTP/1.1 " + status_line.split(b" ", 1)[1]]
        for line in lines:
            name, _, value = line.partition(b":")
            name = name.strip().lower()
            if name == b"content-length":
                self.left = int(value)
            if name not in NOT_PASSED and name not in (b"server", b"date"):
                framed.append(line)
        if self.is_head or status in (204, 304):
            self.left = 0
        elif self.left is None:
            self.chunked = True
            framed.append(b"transfer-encoding: chunked")
        return b"\r\n".join(framed) + b"\r\n\r\n"

    def send(self, tail, data):
        if self.chunked:
            data = b"%x\r\n%b\r\n" % (len(data), data) if data else b""
        else:
            data = data[: self.left]
            self.left -= len(data)
        # The head waits for the first bytes of the body, so that both go in one packet.
        out, self.head = self.head + data + tail, b""
        if out:
            self.connection.sendall(out)

    def finish(self):
        """Returns whether the connection can go on."""
        self.send(b"0\r\n\r\n" if self.chunked else b"", b"")
        return self.chunked or self.left == 0

    def fail(self):
        """Returns whether the connection can go on."""
        if self.started and not self.head:
            return False
        self.connection.sendall(b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n")
        return True


class Connection:
    """What a handler takes for a socket."""

    def __init__(self, request, answer):
        self.request = request
        self.answer = answer

    def makefile(self, mode="rb", buffering=-1):
        if "r" in mode:
            return io.BufferedReader(self.request.stream())
        return io.BufferedWriter(Written(self.answer), buffering if buffering > 1 else 8192)

    def sendall(self, data):
        self.answer.write(data)

    def ignore(self, *_):
        pass

    settimeout = setsockopt = shutdown = close = ignore


class Written(io.RawIOBase):
    def __init__(self, answer):
        self.answer = answer

    def writable(self):
        return True

    def write(self, data):
        self.answer.write(data)
        return len(data)
