"""A relay before a server of this machine, which counts the bytes that cross the wire."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_MOST = 1 << 16  # bytes that are passed on at once


@dataclass(slots=True)
class Traffic:
    """Bytes that the client has sent to the server and received from it, on all connections."""

    sent: int = 0
    received: int = 0
    threads: list[threading.Thread] = field(default_factory=list)
    sockets: list[socket.socket] = field(default_factory=list)

    def close(self) -> None:
        """Wait until all connections have ended, and everything on them was counted."""
        for thread in self.threads:
            thread.join(timeout=10)
        for end in self.sockets:
            end.close()


def port_of(url: str) -> int:
    """Return the port in the address of a server: `postgresql://ann@127.0.0.1:5432/shop`."""
    return int(url.rpartition(":")[2].partition("/")[0])


@contextmanager
def relayed(url: str) -> Iterator[tuple[str, Traffic]]:
    """Yield a relayed address of a server, and a counter of the bytes sent over it.

    Args:
        url: of the server, on this machine.
    """
    port = port_of(url)
    traffic = Traffic()
    with socket.create_server(("127.0.0.1", 0)) as relay:
        accepting = threading.Thread(target=_accept, args=(relay, port, traffic), daemon=True)
        accepting.start()
        try:
            yield url.replace(f":{port}", f":{relay.getsockname()[1]}"), traffic
        finally:
            relay.shutdown(socket.SHUT_RDWR)
            accepting.join()
            traffic.close()


def _accept(relay: socket.socket, port: int, traffic: Traffic) -> None:
    """Connect each client with the server, until the relay is closed."""
    with suppress(OSError):
        while True:
            client, _ = relay.accept()
            server = socket.create_connection(("127.0.0.1", port))
            traffic.sockets += [client, server]
            for one, other, name in ((client, server, "sent"), (server, client, "received")):
                passing = threading.Thread(
                    target=_pass_on, args=(one, other, traffic, name), daemon=True
                )
                traffic.threads.append(passing)
                passing.start()


def _pass_on(one: socket.socket, other: socket.socket, traffic: Traffic, name: str) -> None:
    with suppress(OSError):
        while passed := one.recv(_MOST):
            setattr(traffic, name, getattr(traffic, name) + len(passed))
            other.sendall(passed)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)
