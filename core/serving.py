"""A running server: the platform behind uvicorn, from the ready line to the orderly end."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from mirabelle.core.config import ServerOptions

# For requests that are under way when the server stops; the calls have their own patience.
LAST_REQUESTS = 5
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class CannotListen(Exception):
    """The address cannot be bound. The message says which and what to do."""

    exit_status = 1


class _Server(uvicorn.Server):
    """Leaves signals to the platform, which has more to end than requests, and says when it serves."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Do not."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        await super().startup(sockets)
        self.ready.set()


def listen(options: ServerOptions) -> socket.socket:
    """The bound socket of the server. Raises `CannotListen`."""
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    try:
        return socket.create_server((options.host, options.port), family=family, backlog=2048)
    except OSError as error:
        # Name look-ups have numbers of their own, below zero.
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        where = f"{options.host}:{options.port}"
        raise CannotListen(f"cannot listen on {where}: {why}; give another --host or --port") from error


def url_of(bound: socket.socket) -> str:
    """Where the server is reached from this machine."""
    host, port = bound.getsockname()[:2]
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        host = "::1" if address.version == 6 else "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that is bound to this host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


async def serve(app: ASGIApp, bound: socket.socket, announce: Callable[[], None], until: Awaitable[object]) -> None:
    """Serve on the socket until `until` is over; then let the requests that are under way end."""
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=True,
            lifespan="off",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=LAST_REQUESTS,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[bound]), name="http")
    ready = asyncio.create_task(server.ready.wait())
    ending = asyncio.ensure_future(until)
    try:
        await asyncio.wait([serving, ready], return_when=asyncio.FIRST_COMPLETED)
        if ready.done():
            announce()
        await asyncio.wait([serving, ending], return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.should_exit = True
        ready.cancel()
        ending.cancel()
        await serving


@asynccontextmanager
async def served(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """Serve on loopback until the end of the block; the address. Port 0: any free one."""
    over = asyncio.Event()
    with listen(ServerOptions(port=port)) as bound:
        task = asyncio.create_task(serve(app, bound, lambda: None, over.wait()))
        try:
            yield url_of(bound)
        finally:
            over.set()
            await task


@contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
    """An event that the first SIGTERM or SIGINT sets. The second one ends the process the hard way."""
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()

    def stop() -> None:
        stopping.set()
        release()

    def release() -> None:
        for number in SIGNALS:
            loop.remove_signal_handler(number)

    for number in SIGNALS:
        loop.add_signal_handler(number, stop)
    try:
        yield stopping
    finally:
        release()
