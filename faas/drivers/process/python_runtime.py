"""The Python runtime of one instance.

Loads one `class handler(BaseHTTPRequestHandler)`, serves it over HTTP/1.1 on 127.0.0.1:$PORT (0: any
free one), and leaves on SIGTERM once what runs is done: Knative's runtime contract, as in the Node
runtime. It speaks to its parent on file descriptor 3, one JSON document a line.
"""

import importlib.util
import io
import json
import os
import signal
import socket
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler

# Alone on the path for this one import: a function's own modules come first, and ours not at all.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from python_exchange import LONGEST_LINE, Answer, Connection, Request

del sys.path[0]

TELEMETRY_FD = 3
HOST = "127.0.0.1"
telling = threading.Lock()
printed_lines = 0


def take(name):
    """A setting of ours. The function sees none of them."""
    return os.environ.pop(name, "")


def tell(message):
    with telling:
        os.write(TELEMETRY_FD, json.dumps(message).encode() + b"\n")


def leave_with_parent():
    """Without a parent there is nobody to serve."""

    def wait():
        while os.read(TELEMETRY_FD, 1024):
            pass
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


class CountingOutput(io.TextIOWrapper):
    """Each line goes out at once, and is counted: the parent waits for all that a call printed."""

    def write(self, text):
        global printed_lines
        printed_lines += text.count("\n")
        return super().write(text)


def count_lines():
    for name in ("stdout", "stderr"):
        buffer = getattr(sys, name).detach()
        output = CountingOutput(buffer, encoding="utf-8", errors="replace", line_buffering=True)
        setattr(sys, name, output)
        setattr(sys, f"__{name}__", output)


REFUSED = (
    "os.exec os.fork os.forkpty os.posix_spawn os.spawn os.startfile os.system pty.spawn "
    "subprocess.Popen os.chmod os.chown os.link os.mkdir os.remove os.rename os.rmdir os.symlink "
    "os.truncate os.utime shutil.rmtree shutil.move"
).split()
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine():
    """No file is written and no process started.

    This is a fence against accidents, not a wall: an audit hook sees what goes through Python's own
    functions, and native code can go around it.
    """
    pid = os.getpid()

    def refuse(event, args):
        if event in REFUSED or (event == "os.kill" and args[0] != pid):
            raise PermissionError(f"A function may not do this here: {event}")
        if event == "open" and not isinstance(args[0], int) and (args[2] or 0) & WRITING:
            if args[0] != os.devnull:
                raise PermissionError(f"A function may not write files here: {args[0]}")

    sys.addaudithook(refuse)


def load_handler(file):
    sys.path.insert(0, os.path.dirname(file))
    spec = importlib.util.spec_from_file_location("function", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules["function"] = module
    spec.loader.exec_module(module)
    found = getattr(module, "handler", None)
    if not (isinstance(found, type) and issubclass(found, BaseHTTPRequestHandler)):
        raise TypeError("It has no class handler(BaseHTTPRequestHandler). Expected one of that name.")
    if found.log_message is BaseHTTPRequestHandler.log_message:
        # A line for each request is what the platform itself tells, and no log of the function.
        found = type("handler", (found,), {"log_message": lambda *_: None})
    return found


def describe(error, file):
    """Frames outside of the function's file say nothing to its author."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename != file:
        frames = frames.tb_next
    lines = traceback.format_exception(type(error), error, frames or error.__traceback__)
    return {"message": f"{type(error).__name__}: {error}", "stack": "".join(lines)}


class Runtime:
    def __init__(self, token, file, concurrency):
        self.token = token
        self.file = file
        self.handler = None
        self.room = threading.BoundedSemaphore(concurrency)
        self.changed = threading.Condition()
        self.running = 0

    def serve(self, server):
        while True:
            connection, _ = server.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.converse, args=(connection,), daemon=True).start()

    def converse(self, connection):
        stream = connection.makefile("rb")
        try:
            while line := stream.readline(LONGEST_LINE):
                if not self.exchange(connection, Request(line, stream)):
                    break
        except (OSError, ValueError):
            pass  # The parent broke it off: nobody is left to tell.
        finally:
            stream.close()
            connection.close()

    def exchange(self, connection, request):
        """Returns whether the connection can go on."""
        if request.ours.get(b"x-faas-token") != self.token:
            connection.sendall(b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n")
            return False
        with self.room:
            self.enter()
            try:
                return self.call(connection, request)
            finally:
                self.leave()

    def enter(self):
        with self.changed:
            self.running += 1

    def leave(self):
        with self.changed:
            self.running -= 1
            self.changed.notify_all()

    def call(self, connection, request):
        answer = Answer(connection, request.method)
        started, cpu = time.perf_counter(), time.thread_time()
        error = None
        try:
            self.handler(Connection(request, answer), connection.getpeername(), self)
            if not answer.started:
                raise RuntimeError("The handler answered nothing. Expected send_response and end_headers.")
            goes_on = answer.finish()
        except SystemExit as leaving:
            sys.stdout.flush()
            os._exit(leaving.code if isinstance(leaving.code, int) else 1)
        except BaseException as raised:
            error = describe(raised, self.file)
            goes_on = self.fail(answer)
        sys.stdout.flush()
        tell({
            "type": "report",
            "call": int(request.ours.get(b"x-faas-call", "0")),
            "handlerMs": (time.perf_counter() - started) * 1000,
            "cpuMs": (time.thread_time() - cpu) * 1000,
            "lines": printed_lines,
            "error": error,
        })
        return goes_on and request.skip()

    def fail(self, answer):
        try:
            return answer.fail()
        except OSError:
            return False

    def drain(self):
        with self.changed:
            self.changed.wait_for(lambda: self.running == 0)
        sys.stdout.flush()
        os._exit(0)


class Leave(BaseException):
    """SIGTERM came."""


def leave(*_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Leave


def main():
    token, file = take("FAAS_TOKEN"), take("FAAS_FILE")
    runtime = Runtime(token, file, int(take("FAAS_CONCURRENCY") or 1))
    # Ctrl-C reaches every process of a terminal; only the parent decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_with_parent()
    count_lines()
    confine()
    started = time.perf_counter()
    try:
        runtime.handler = load_handler(file)
    except BaseException as error:
        tell({"type": "start-failed", **describe(error, file)})
        sys.exit(1)
    init_ms = (time.perf_counter() - started) * 1000
    server = socket.create_server((HOST, int(os.environ.get("PORT", "0"))), backlog=128)
    os.environ["PORT"] = str(server.getsockname()[1])
    signal.signal(signal.SIGTERM, leave)
    try:
        tell({"type": "ready", "port": server.getsockname()[1], "initMs": init_ms})
        runtime.serve(server)
    except Leave:
        server.close()
        runtime.drain()


main()
