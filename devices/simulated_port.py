"""The far end of a port for simulators: a pty or a TCP server, in one thread, true bytes."""

import os
import pty
import select
import selectors
import socket
import termios
import threading
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from devices.errors import DeviceError


class Session(Protocol):
    """One connection's device side. Called in the port's thread."""

    def receive(self, data: bytes) -> None:
        """Bytes came from the driver."""

    def closed(self) -> None:
        """The connection is gone."""


class Link:
    """What a session may do to its connection."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self.is_cut = False

    def send(self, data: bytes) -> None:
        """Send; what a dead or stuck peer does not take within a second is lost, as on a wire."""
        view = memoryview(data)
        poller = select.poll()
        poller.register(self.fd, select.POLLOUT)
        try:
            while view and poller.poll(1000):
                view = view[os.write(self.fd, view) :]
        except OSError:
            self.is_cut = True

    def cut(self) -> None:
        """Break the connection once the current call returns (on a pty: say no more)."""
        self.is_cut = True

    def speed(self) -> int | None:
        """The termios speed constant that the driver set on a pty; None on TCP."""
        try:
            return int(termios.tcgetattr(self.fd)[5])
        except termios.error:
            return None


class SimulatedPort:
    """Serves `make_session` on `spec`: `pty`, `pty:/path/of/link` or `tcp[:PORT]`.

    `start` after `stop` serves the same TCP port or the same link again: an unplug and return.
    """

    def __init__(self, spec: str, make_session: Callable[[Link], Session]) -> None:
        kind, _, rest = spec.partition(":")
        is_number = not rest or (rest.isdecimal() and int(rest) <= 0xFFFF)
        if kind not in ("pty", "tcp") or (kind == "tcp" and not is_number):
            raise DeviceError("port.invalid", f"{spec!r}: expected pty[:LINK] or tcp[:PORT]")
        self._is_pty = kind == "pty"
        self._link_path = Path(rest) if self._is_pty and rest else None
        self._tcp_port = int(rest or 0) if not self._is_pty else 0
        self._make_session = make_session
        self._slave_name = ""
        self._thread: threading.Thread | None = None
        self._waker: tuple[int, int] = (-1, -1)

    @property
    def port(self) -> str:
        """The PORT string that a driver opens; after `start`."""
        if not self._is_pty:
            return f"tcp:127.0.0.1:{self._tcp_port}"
        return f"serial:{self._link_path or self._slave_name}"

    def start(self) -> None:
        """Open the port and serve it in a thread."""
        if self._thread is not None:
            return
        selector = selectors.DefaultSelector()
        self._waker = os.pipe()
        selector.register(self._waker[0], selectors.EVENT_READ)
        held: list[int] = []
        server: socket.socket | None = None
        sessions: dict[int, tuple[Link, Session]] = {}
        if self._is_pty:
            master, slave = pty.openpty()
            tty.setraw(slave)
            held += [master, slave]  # the slave stays open, or the master reads EIO between users
            self._slave_name = os.ttyname(slave)
            self._make_link()
            os.set_blocking(master, False)
            link = Link(master)
            sessions[master] = (link, self._make_session(link))
            selector.register(master, selectors.EVENT_READ)
        else:
            server = socket.create_server(("127.0.0.1", self._tcp_port))
            server.setblocking(False)
            self._tcp_port = server.getsockname()[1]
            selector.register(server, selectors.EVENT_READ)
        self._thread = threading.Thread(
            target=self._serve,
            args=(selector, server, sessions, held),
            name="simulated-port",
            daemon=True,
        )
        self._thread.start()

    def stop(self) -> None:
        """Close the port and every connection: the cable is pulled."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        if self._link_path:  # first: the pty's number may be another's as soon as it is closed
            self._link_path.unlink(missing_ok=True)
        os.write(self._waker[1], b"x")
        thread.join()
        os.close(self._waker[1])

    def _make_link(self) -> None:
        if self._link_path:
            self._link_path.unlink(missing_ok=True)
            self._link_path.symlink_to(self._slave_name)

    def _serve(
        self,
        selector: selectors.BaseSelector,
        server: socket.socket | None,
        sessions: dict[int, tuple[Link, Session]],
        held: list[int],
    ) -> None:
        sockets: dict[int, socket.socket] = {}
        running = True
        while running:
            for key, _ in selector.select():
                if key.fd == self._waker[0]:
                    running = False
                elif server is not None and key.fd == server.fileno():
                    connection, _ = server.accept()
                    connection.setblocking(False)
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    sockets[connection.fileno()] = connection
                    link = Link(connection.fileno())
                    sessions[link.fd] = (link, self._make_session(link))
                    selector.register(connection, selectors.EVENT_READ)
                else:
                    link, session = sessions[key.fd]
                    if not _pump(link, session) or (link.is_cut and key.fd in sockets):
                        selector.unregister(key.fd)
                        session.closed()
                        del sessions[key.fd]
                        if key.fd in sockets:
                            sockets.pop(key.fd).close()
        for _, session in sessions.values():
            session.closed()
        selector.close()
        for connection in sockets.values():
            connection.close()
        if server is not None:
            server.close()
        for fd in (*held, self._waker[0]):
            os.close(fd)


def _pump(link: Link, session: Session) -> bool:
    try:
        data = os.read(link.fd, 65536)
    except BlockingIOError:
        return True
    except OSError:
        return False
    if not data:
        return False
    session.receive(data)
    return True
