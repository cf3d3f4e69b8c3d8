"""The Python runtime of one instance.

Loads one `class handler(BaseHTTPRequestHandler)`, serves it over HTTP/1.1 on 127.0.0.1:$PORT (0: any
free port), and on SIGTERM finishes its calls and exits: Knative's runtime contract, as in the Node
runtime. It reports to its parent on file descriptor 3, one JSON document a line.
"""

import importlib.util
import io
import json
import os
import signal
import socketserver
import struct
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# On the path for this import only, so that a function cannot import our modules.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from python_exchange import Exchange

del sys.path[0]

TELEMETRY_FD = 3
LEDGER_FD = 4
# Same layout as in `ledger.ts`: call, state, handlerMs, cpuMs, lines.
SLOT = struct.Struct("=5d")
BEGUN, DONE, FAILED = 1, 2, 3
# An error's message and its stack are each cut to this many characters.
LONGEST_TEXT = 16_384
HOST = "127.0.0.1"
telling = threading.Lock()
printed_lines = 0


def take(name):
    """Reads a setting of the runtime and hides it from the function."""
    return os.environ.pop(name, "")


def tell(message):
    line = json.dumps(message).encode() + b"\n"
    with telling:
        while line:
            line = line[os.write(TELEMETRY_FD, line) :]


def note(entry, state, handler_ms=0, cpu_ms=0):
    """Writes to the ledger. `entry` is `number.slot`."""
    call, slot = entry.split(".")
    fields = SLOT.pack(int(call), state, handler_ms, cpu_ms, printed_lines)
    position = int(slot) * SLOT.size
    if hasattr(os, "pwrite"):
        os.pwrite(LEDGER_FD, fields, position)
        return
    with telling:
        os.lseek(LEDGER_FD, position, os.SEEK_SET)
        os.write(LEDGER_FD, fields)


def leave_with_parent():
    """Exits when the parent has ended."""

    def wait():
        while os.read(TELEMETRY_FD, 1024):
            pass
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


class CountingOutput(io.TextIOWrapper):
    """Flushes and counts each line, so that the parent can wait for all output of a call."""

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
    """Refuses to write files and to start processes.

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


def load_handler(file, root):
    # The project, as on Vercel, but last: a function named queue must not hide the standard library's.
    sys.path.append(root)
    spec = importlib.util.spec_from_file_location("function", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules["function"] = module
    spec.loader.exec_module(module)
    found = getattr(module, "handler", None)
    if not (isinstance(found, type) and issubclass(found, BaseHTTPRequestHandler)):
        raise TypeError("It has no class handler(BaseHTTPRequestHandler). Expected one of that name.")
    own = {}
    if found.log_message is BaseHTTPRequestHandler.log_message:
        # Turns off the library's line for each request: the platform traces calls itself.
        own["log_message"] = lambda *_: None
    return type("handler", (Exchange, found), own)


def cut(text):
    if len(text) <= LONGEST_TEXT:
        return text
    return f"{text[:LONGEST_TEXT]} … (cut after {LONGEST_TEXT} characters)"


def describe(error, file):
    """Describes an error, without the frames above the function's own file."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename != file:
        frames = frames.tb_next
    lines = traceback.format_exception(type(error), error, frames or error.__traceback__)
    try:
        text = str(error)
    except Exception:
        text = "it has no text"
    return {"message": cut(f"{type(error).__name__}: {text}"), "stack": cut("".join(lines))}


class Runtime:
    """The calls of this instance."""

    def __init__(self, token, file, concurrency):
        self.token = token
        self.file = file
        self.room = threading.BoundedSemaphore(concurrency)
        self.changed = threading.Condition()
        self.running = 0

    def run(self, entry, handle, answer, end):
        """Runs one call: `handle`, then note the outcome, then `end` the response."""
        with self.room:
            self.enter()
            try:
                self.call(entry, handle, answer, end)
            finally:
                self.leave()

    def enter(self):
        with self.changed:
            self.running += 1

    def leave(self):
        with self.changed:
            self.running -= 1
            self.changed.notify_all()

    def call(self, entry, handle, answer, end):
        note(entry, BEGUN)
        started, cpu = time.perf_counter(), time.thread_time()
        error = None
        try:
            handle()
        except SystemExit as leaving:
            sys.stdout.flush()
            os._exit(leaving.code if isinstance(leaving.code, int) else 1)
        except BaseException as raised:
            error = describe(raised, self.file)
        sys.stdout.flush()
        used = (time.perf_counter() - started) * 1000, (time.thread_time() - cpu) * 1000
        # Before the response's last byte, since the parent reads the note once it has the response.
        note(entry, FAILED if error else DONE, *used)
        has_begun = answer.has_begun
        is_sent = self.send(answer.fail if error else end)
        if error or has_begun or not is_sent:
            tell({"type": "ended", "call": int(entry.split(".")[0]), "error": error})

    def send(self, last):
        """Returns whether the caller was still there."""
        try:
            last()
            return True
        except OSError:
            return False

    def drain(self):
        with self.changed:
            self.changed.wait_for(lambda: self.running == 0)
        sys.stdout.flush()
        os._exit(0)


class Server(ThreadingHTTPServer):
    """One thread for each connection, as in the library and on Vercel."""

    request_queue_size = 128

    def __init__(self, port, handler, runtime):
        self.runtime = runtime
        super().__init__((HOST, port), handler)

    def server_bind(self):
        # Skips the library's lookup of this machine's name, which takes 35 s where no server knows it.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address

    def handle_error(self, *_):
        """Ignores the error: the parent closed the connection."""


class Leave(BaseException):
    """Raised on SIGTERM."""


def leave(*_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Leave


def main():
    token, file, root = take("FAAS_TOKEN"), take("FAAS_FILE"), take("FAAS_ROOT")
    runtime = Runtime(token, file, int(take("FAAS_CONCURRENCY") or 1))
    # Ctrl-C reaches every process of the terminal; only the parent decides which of them end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_with_parent()
    count_lines()
    confine()
    started = time.perf_counter()
    try:
        handler = load_handler(file, root)
    except BaseException as error:
        tell({"type": "start-failed", **describe(error, file)})
        sys.exit(1)
    init_ms = (time.perf_counter() - started) * 1000
    server = Server(int(os.environ.get("PORT", "0")), handler, runtime)
    os.environ["PORT"] = str(server.server_port)
    signal.signal(signal.SIGTERM, leave)
    try:
        tell({"type": "ready", "port": server.server_port, "initMs": init_ms})
        server.serve_forever()
    except Leave:
        server.socket.close()
        runtime.drain()


main()
