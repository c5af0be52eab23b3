"""The queue server's composition root: everything is built here, through constructors."""

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import uvicorn

from .clock import Clock
from .config import CatalogueConfig, Config
from .desk import HallDesk
from .errors import bad_catalogue, bad_certificate, folder_unusable, port_unavailable, writer_ended
from .estimates import Estimates
from .file_definitions import GONE, KEPT, REPLACED, at_start
from .gateway.http import create_http
from .gateway.http_line import Lines
from .gateway.origins import Origins
from .gateway.ports import Who
from .gateway.push import Push, send_to
from .lean import without
from .limits import Limits
from .office.office import Office
from .outbox import LogOutbox
from .protocol.ids import new_uuid
from .protocol.messages import Progress, ReadTicket
from .store.access import Access
from .store.errors import not_a_database
from .store.log import Log
from .store.personal import Sealer, open_sealer
from .store.sqlite import DatabaseError, open_reader
from .store.waits import WaitReport, wait_report
from .tls import Tls
from .writer import Writer

if TYPE_CHECKING:  # loaded only where a hall has a backend
    from .sync.connector import Connector

log = logging.getLogger(__name__)

VERSION = "0.1.0"
WEB_ROOT = Path(__file__).resolve().parent.parent / "ui" / "web"

_CONFIGURATION = Who(program="configuration", role="manager", name="configuration")
_PUBLIC = Who(program="public", role="kiosk", name="ticket page")


class Addresses(NamedTuple):
    """Where the server can be reached, once it is ready."""

    push: str
    http: str


async def serve(
    config: Config,
    clock: Clock,
    ready: Callable[[Addresses], None],
    *,
    accept_new_key: bool = False,
) -> None:
    """Run the server until SIGTERM or SIGINT.

    `ready` is called once both doors are open. `accept_new_key` goes on where the key of older
    personal data is lost. Raises `HallError` where it cannot start.
    """
    if config.tls is not None:
        try:
            config.tls.server_context()
        except OSError as error:  # ssl.SSLError among them
            raise bad_certificate(error) from error
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with contextlib.AsyncExitStack() as stack:
        folder = config.store.folder
        store = _open_store(config, folder, accept_new_key=accept_new_key)
        stack.callback(store.access.close)
        desk = HallDesk(store.access, clock, send_to)
        broken = asyncio.Event()
        writer = _build_writer(config, store, clock, desk, lambda: _end(loop, broken.set, stop.set))
        desk.begin(writer)
        stack.callback(desk.stop)
        await _define(desk, config.catalogue)
        http_socket = _listen(config.doors.host, config.doors.http_port)
        http_port = int(http_socket.getsockname()[1])
        push = Push(desk, config.limits, _origins(config, http_port))
        try:
            push_port = await push.start(config.doors.host, config.doors.push_port, config.tls)
        except OSError as error:
            raise port_unavailable(config.doors.push_port, error) from error
        stack.push_async_callback(push.stop)
        secure = config.tls is not None
        office = Office(desk, store.access, store.log.path, config.hall.id, clock)
        stack.push_async_callback(office.stop_trial)
        app = create_http(
            desk,
            ws_address_for_browsers=f"{'wss' if secure else 'ws'}://{{host}}:{push_port}",
            version=VERSION,
            web_root=WEB_ROOT,
            public_progress=_public_progress(desk),
            waits=_wait_report(store.log.path),
            office=office,
            limits=config.limits,
        )
        web, web_task = _serve_http(app, http_socket, config.tls, config.limits)
        stack.push_async_callback(_stop_http, web, web_task)
        if config.sync is not None:
            with without("pygments"):  # httpx has a command line, of 3 MB
                from .sync.connector import Connector

            outbox = LogOutbox(desk, store.log.path, config.hall.id)
            stack.callback(outbox.close)
            connector = Connector(
                outbox, config.hall.id, config.sync, clock, changed=desk.presence.backend_changed
            )
            stack.push_async_callback(_stop_task, asyncio.create_task(_supervise(connector)))
        host = config.doors.host if config.doors.host not in {"0.0.0.0", "::"} else "127.0.0.1"  # noqa: S104
        if config.waits.told:
            estimates = Estimates(
                store.log.path,
                config.hall.id,
                clock,
                lambda: desk.seq,
                desk.commits(),
                desk.tell_ranges,
            )
            stack.push_async_callback(_stop_task, asyncio.create_task(_supervise(estimates)))
        _settle_memory()
        _share_fairly()
        ready(
            Addresses(
                f"{'wss' if secure else 'ws'}://{host}:{push_port}",
                f"{'https' if secure else 'http'}://{host}:{http_port}",
            )
        )
        await stop.wait()
    if broken.is_set():
        raise writer_ended()


def _end(loop: asyncio.AbstractEventLoop, *ends: Callable[[], None]) -> None:
    """Called in the writer's thread when it can go on no more."""
    for end in ends:
        loop.call_soon_threadsafe(end)


def _settle_memory() -> None:
    """Keep the collector off what stays: the programs, and a day's tickets, which grow all day.

    Without this it walks all of them again and again, for tens of milliseconds in which nobody is
    answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 1_000)


def _share_fairly() -> None:
    """Let loop and writer take turns within a millisecond: each waits for the other's results."""
    sys.setswitchinterval(0.001)


class _Store(NamedTuple):
    log: Log
    access: Access
    sealer: Sealer


def _open_store(config: Config, folder: Path, *, accept_new_key: bool) -> _Store:
    try:
        log_ = Log(folder, config.hall.id, outbox=config.sync is not None)
        key = config.store.key_file or folder / "personal.key"
        sealer = open_sealer(key, log_, accept_new_key=accept_new_key)
        return _Store(log_, Access(folder), sealer)
    except OSError as error:
        raise folder_unusable(folder, error) from error


def _build_writer(
    config: Config, store: _Store, clock: Clock, desk: HallDesk, ended: Callable[[], None]
) -> Writer:
    try:
        return Writer(
            store.log,
            store.sealer,
            clock,
            desk.publish,
            keep_personal_days=config.store.keep_personal_days,
            ended=ended,
        )
    except DatabaseError as error:  # a page that cannot be read, a disk that takes no more
        raise not_a_database(str(store.log.path), str(error)) from error


async def _define(desk: HallDesk, catalogue: CatalogueConfig) -> None:
    """Put in force what the file says anew, by the same commands anybody would use."""
    start = await desk.ask(lambda w: at_start(catalogue, w.hall, w.log.file_marks()))
    answers = await asyncio.gather(
        *(desk.submit(_CONFIGURATION, str(new_uuid()), command) for command in start.commands)
    )
    refused = [a.rejected for a in answers if a.rejected is not None]
    if refused:
        raise bad_catalogue((one.zh, one.en) for one in refused)
    await desk.ask(lambda w: w.log.set_file_marks(start.marks))
    for names, words in (
        (start.replaced, REPLACED),
        (start.kept, KEPT),
        (start.gone, GONE),
    ):
        if names:
            log.warning(words, ", ".join(names))


def _public_progress(desk: HallDesk) -> Callable[[str], "asyncio.Future[Progress | None]"]:
    async def look_up(ticket: str) -> Progress | None:
        if len(ticket) != 32:
            return None  # a number may be guessed, an id may not
        found = await desk.read(_PUBLIC, ReadTicket(ticket))
        return found if isinstance(found, Progress) else None

    return look_up  # type: ignore[return-value]


def _wait_report(path: Path) -> Callable[[str], Awaitable[WaitReport]]:
    """Reads on a connection of its own, in a thread: neither loop nor writer waits for it."""

    def look(day: str) -> WaitReport:
        database = open_reader(path)
        try:
            return wait_report(database, day)
        finally:
            database.close()

    async def read(day: str) -> WaitReport:
        return await asyncio.to_thread(look, day)

    return read


def _origins(config: Config, http_port: int) -> Origins:
    """The pages that may open a websocket: the server's own, and the configured."""
    secure = config.tls is not None
    own = (f"{'https' if secure else 'http'}://{host}:{http_port}" for host in _own_names(config))
    public = [config.doors.public_address] if config.doors.public_address else []
    return Origins([*own, *public, *config.doors.origins], http_port, secure=secure)


def _own_names(config: Config) -> set[str]:
    return {"localhost", config.doors.host, socket.gethostname()}


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        raise port_unavailable(port, error) from error
    listener.setblocking(False)
    return listener


class _Uvicorn(uvicorn.Server):
    """uvicorn in our loop; signals are ours."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _serve_http(
    app: object, listener: socket.socket, tls: Tls | None, limits: Limits
) -> "tuple[_Uvicorn, asyncio.Task[None]]":
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_config=None,
        access_log=False,
        lifespan="off",
        http=Lines(limits).line_class(),
        server_header=False,
        date_header=False,
        ws="none",
        timeout_graceful_shutdown=1,
        ssl_certfile=str(tls.certificate) if tls else None,
        ssl_keyfile=str(tls.key) if tls else None,
    )
    server = _Uvicorn(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    task.add_done_callback(lambda _: listener.close())
    return server, task


async def _stop_http(server: _Uvicorn, task: "asyncio.Task[None]") -> None:
    """Answer what was asked, for a second at most."""
    server.should_exit = True
    await task


async def _stop_task(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _supervise(part: "Connector | Estimates") -> None:
    """Keep a part running: whatever it trips over is logged, and it begins again."""
    while True:
        try:
            await part.run()
        except Exception:
            log.exception("%s stopped; it begins again", type(part).__name__)
            await asyncio.sleep(5)


def configure_logging() -> None:
    """Plain lines on standard error."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    # It would tell every batch to the backend; the connector says what matters.
    logging.getLogger("httpx").setLevel(logging.WARNING)
