"""Servers on this computer that take what channels send."""

from __future__ import annotations

import http.server
import socketserver
import ssl
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
    words: ClassVar[list[str]] = []
    refuse = ""
    extensions: tuple[str, ...] = ()

    def handle(self) -> None:
        self._say("220 here")
        in_data, lines = False, []
        while raw := self.rfile.readline():
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
            self.words.append(f"{word} by TLS" if self.is_private else word)
            if word == self.refuse:
                self._say("550 no")
            elif word == "EHLO":
                self._offer()
            elif word == "STARTTLS":
                self._say("220 go on")
                if not self._encrypt():
                    return
            elif word == "AUTH":
                self._say("235 welcome")
            elif word == "DATA":
                in_data = True
                self._say("354 go on")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _offer(self) -> None:
        offered = ["here", *self.extensions, *(["AUTH PLAIN"] if self.is_private else [])]
        for text in offered[:-1]:
            self._say(f"250-{text}")
        self._say(f"250 {offered[-1]}")

    @property
    def is_private(self) -> bool:
        """Whether what is said is encrypted."""
        return isinstance(self.connection, ssl.SSLSocket)

    def _encrypt(self) -> bool:
        """Go on by TLS, unless the other side does not trust the certificate."""
        return False

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class SecurePost(Post):
    """Takes mail by STARTTLS, or by TLS from the start where `is_implicit`."""

    context: ssl.SSLContext
    is_implicit = False

    def handle(self) -> None:
        self.extensions = () if self.is_implicit else ("STARTTLS",)
        if not self.is_implicit or self._encrypt():
            super().handle()

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _encrypt(self) -> bool:
        try:
            self.connection = self.context.wrap_socket(self.request, server_side=True)
        except OSError:
            return False
        self.rfile = self.connection.makefile("rb")
        self.wfile = socketserver._SocketWriter(self.connection)  # type: ignore[attr-defined]
        self.extensions = ()
        return True


@contextmanager
def running(
    handler: type[socketserver.BaseRequestHandler], context: ssl.SSLContext | None = None
) -> Iterator[str]:
    """Run a server, by TLS if there is a context; give host and port."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
