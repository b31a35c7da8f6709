"""A proxy before a PostgreSQL server that loses one commit: on the way there, or its answer on the way back."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SOCKET = ".s.PGSQL.5432"
_CHUNK = 1 << 20


class LossyProxy:
    """Passes everything on, but for the one commit that it is told to lose."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.folder = folder
        self.away = False
        """Whether, once a commit was lost, all other connections are cut and new ones refused."""
        self._clients: list[socket.socket] = []
        self._server = server
        self._lose: tuple[bytes, bool, Callable[[], object]] | None = None
        self._muted: socket.socket | None = None
        self._ended = threading.Event()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / _SOCKET))
        self._listener.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def has_lost(self) -> bool:
        return self._lose is None

    def lose(self, after: bytes, *, reaches_server: bool, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Lose the next commit of a connection that has sent these bytes, and break that connection.

        Args:
            after: what was sent before it.
            reaches_server: whether the server gets it, and only its answer is lost.
            meanwhile: what is done when the server has ended the transaction and the client knows nothing of it.
        """
        self._lose = (after, reaches_server, meanwhile)

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self.away and self.has_lost:
                    client.close()
                    continue
                self._clients.append(client)
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._server / _SOCKET))
                threading.Thread(target=self._ask, args=(client, server), daemon=True).start()
                threading.Thread(target=self._answer, args=(server, client), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        sent = b""
        with client, server, suppress(OSError):
            while data := client.recv(_CHUNK):
                sent += data
                if self._lose is not None and b"COMMIT" in data and self._lose[0] in sent:
                    self._break(data, server)
                    break
                server.sendall(data)
            for side in (server, client):
                side.shutdown(socket.SHUT_RDWR)

    def _break(self, data: bytes, server: socket.socket) -> None:
        assert self._lose is not None
        _, reaches_server, meanwhile = self._lose
        self._lose = None
        self._ended.clear()
        self._muted = server
        if reaches_server:
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)  # the server does what it was sent, then ends the connection
        self._ended.wait(10)
        meanwhile()
        for client in self._clients if self.away else ():
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def _answer(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(_CHUNK):
                if self._muted is not server:
                    client.sendall(data)
        if self._muted is server:
            self._ended.set()


@contextmanager
def lossy_proxy(folder: Path, server: Path) -> Iterator[LossyProxy]:
    """Put a proxy with its socket in a folder before the server whose socket is in another."""
    proxy = LossyProxy(folder, server)
    try:
        yield proxy
    finally:
        proxy.close()
