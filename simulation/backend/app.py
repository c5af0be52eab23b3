"""`hall backend`: receives halls' events over HTTPS into a database of its own."""

import argparse
import logging
import shutil
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import pysqlite3
import uvicorn

from simulation.backend.certificate import ensure_certificate
from simulation.backend.messages import Accepted
from simulation.backend.store import SchemaTooNewError, Store
from simulation.backend.tokens import BadTokenFileError, Tokens, make_token_file
from simulation.backend.web import make_app


def options(argv: Sequence[str]) -> argparse.Namespace:
    """The command line; exits with 2 where it is wrong."""
    parser = argparse.ArgumentParser(
        prog="hall backend",
        description="管理平台的参考接收端 · A reference receiver for the management backend."
        " 接口见 docs/backend.md · Its interface is docs/backend.md.",
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="监听地址 · address to listen on (%(default)s)")
    add("--port", type=int, default=8470, help="端口，0 为任意 · port, 0 for any (%(default)s)")
    add(
        "--folder",
        type=Path,
        default=Path("var/backend"),
        help="数据库与证书所在 · where database and certificate are kept (%(default)s)",
    )
    add(
        "--token-file",
        type=Path,
        help="令牌文件，每行一个令牌，其后可列大厅 · a token a line, then its halls or none for all"
        " (FOLDER/token, made if missing)",
    )
    tls = parser.add_mutually_exclusive_group()
    tls.add_argument(
        "--tls-self-signed",
        action="store_true",
        help="自制 localhost 证书（默认） · make a certificate for localhost (the default)",
    )
    tls.add_argument("--cert", type=Path, help="证书 PEM 文件 · certificate chain, PEM")
    add("--key", type=Path, help="证书私钥 PEM 文件 · the certificate's key, PEM")
    add("--ca-out", type=Path, help="另存 CA 证书于此 · also write what to trust to this file")
    add("-q", "--quiet", action="store_true", help="不逐批打印 · no line per batch")
    given = parser.parse_args(argv)
    if (given.cert is None) != (given.key is None):
        parser.error("--cert 与 --key 须一起给出 · --cert and --key go together")
    return given


class Printer:
    """Prints lines for people; goes on in silence where nobody reads them any more."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet

    def batch(self, hall: str, first: int, accepted: Accepted) -> None:
        """One batch that was taken."""
        if not self._quiet:
            self.line(f"{hall}  {first}–{accepted.accepted}  新增 new {accepted.new}")

    def line(self, text: str) -> None:
        """One line, at once."""
        try:
            print(text, flush=True)
        except BrokenPipeError:
            self._quiet = True


class Backend(uvicorn.Server):
    """Says where it listens once it does."""

    def __init__(self, config: uvicorn.Config, printer: Printer, address: str) -> None:
        super().__init__(config)
        self._printer = printer
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the address."""
        await super().startup(sockets=sockets)
        if self.started:
            self._printer.line(f"backend {self._address}")


def _for_the_hall(address: str, token_file: Path, ca_file: Path) -> str:
    """What the hall's server needs in its configuration to report here."""
    return (
        f'大厅服务器的配置 · for the hall server\'s configuration:\n[sync]\naddress = "{address}"\n'
        f'token_file = "{token_file.resolve()}"\nca_file = "{ca_file.resolve()}"\n'
    )


def main(argv: Sequence[str]) -> int:
    """Run until told to stop; 0 after a clean end, 1 where it cannot start."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    # Halls keep their connection open and idle; that it is cut off at the end is no error.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    given = options(argv)
    try:
        return _run(given)
    except (OSError, SchemaTooNewError, BadTokenFileError, UnicodeDecodeError) as error:
        print(f"错误 Error: 无法启动 · cannot start: {error}", file=sys.stderr)
    except pysqlite3.Error as error:
        print(f"错误 Error: 数据库无法使用 · the database: {error}", file=sys.stderr)
    return 1


def _run(given: argparse.Namespace) -> int:
    folder: Path = given.folder
    folder.mkdir(parents=True, exist_ok=True)
    token_file: Path = given.token_file or folder / "token"
    if given.token_file is None:
        make_token_file(token_file)
    tokens = Tokens(token_file.read_text("ascii"))
    cert, key = given.cert, given.key
    if cert is None:
        tls = folder / "tls"
        ensure_certificate(tls)
        cert, key = tls / "cert.pem", tls / "key.pem"
    trusted = cert if given.cert else cert.with_name("ca.pem")
    if given.ca_out is not None:
        shutil.copyfile(trusted, given.ca_out)
    family = socket.AF_INET6 if ":" in given.host else socket.AF_INET
    with socket.create_server((given.host, given.port), family=family, backlog=128) as listener:
        host = f"[{given.host}]" if ":" in given.host else given.host
        address = f"https://{host}:{listener.getsockname()[1]}"
        printer = Printer(quiet=given.quiet)
        if not given.quiet:
            print(_for_the_hall(address, token_file, trusted), file=sys.stderr, flush=True)
        store = Store(folder / "backend.sqlite3")
        try:
            config = uvicorn.Config(
                make_app(store, tokens, printer.batch),
                ssl_certfile=cert,
                ssl_keyfile=key,
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                timeout_keep_alive=75,
                timeout_graceful_shutdown=1,
                limit_concurrency=1000,
            )
            # uvicorn raises the signal again when it has stopped; by then it means nothing.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: None)
            Backend(config, printer, address).run(sockets=[listener])
        finally:
            store.close()
    return 0
