"""Servers on this computer that take what channels send."""

from __future__ import annotations

import http.server
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar


class Web(http.server.BaseHTTPRequestHandler):
    """Answers /ok with 200, /moved with a redirection, /slow late, all else with 500."""

    taken: ClassVar[list[tuple[str, str, str]]] = []

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        self.taken.append((self.command, self.path, body))
        if self.path == "/slow":
            time.sleep(30)
        self.send_response({"/ok": 200, "/moved": 302}.get(self.path, 500))
        if self.path == "/moved":
            self.send_header("Location", "/ok")
        self.end_headers()

    do_GET = do_POST = _answer  # noqa: N815 - names of the library

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


class Post(socketserver.StreamRequestHandler):
    """Takes mail, without TLS and without a password."""

    taken: ClassVar[list[str]] = []
    refuse = ""

    def handle(self) -> None:
        self._say("220 here")
        in_data, lines = False, []
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if in_data:
                if line == ".":
                    in_data = False
                    self.taken.append("\n".join(lines))
                    self._say("250 taken")
                else:
                    lines.append(line)
                continue
            word = line.split(" ")[0].upper().partition(":")[0]
            if word == self.refuse:
                self._say("550 no")
            elif word == "DATA":
                in_data = True
                self._say("354 go on")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def running(handler: type[socketserver.BaseRequestHandler]) -> Iterator[str]:
    """Run a server; give host and port."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
