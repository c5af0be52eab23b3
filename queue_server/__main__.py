"""`hall server`: run the queue server, or manage the programs that may connect to it."""

import argparse
import asyncio
import sys
from pathlib import Path
from typing import get_args

from .clock import DrivenClock, system_clock
from .config import Config, ConfigError, read_config
from .domain.values import AreaId, CounterId
from .errors import HallError

EPILOG = """\
hall server --config hall.toml          运行排队服务器 run the queue server
hall server token create --role kiosk --name 一号取号机
hall server token list | revoke ID      终端令牌 tokens of the hall's programs
hall server waits report [--day DAY]    等候时间估计与实际 told waiting times against the truth
hall server appointments import FILE    导入预约 (CSV, JSON) import appointments
"""


def main(argv: list[str] | None = None) -> int:
    """Returns 0, or 1 where the server could not start, or 2 for wrong arguments."""
    arguments = _parser().parse_args(argv)
    try:
        config = read_config(arguments.config)
        if arguments.folder is not None:
            config = _with_folder(config, arguments.folder)
        if getattr(arguments, "verb", None) == "token":
            return _token(arguments, config)
        if getattr(arguments, "verb", None) == "waits":
            from .waits_report import print_report

            return print_report(config, arguments.day, as_json=arguments.json)
        if getattr(arguments, "verb", None) == "appointments":
            return _appointments(arguments, config)
        return _serve(arguments, config)
    except ConfigError as error:
        print("配置有误 / the configuration has mistakes:", file=sys.stderr)
        for mistake in error.mistakes:
            print(f"  {mistake}", file=sys.stderr)
    except HallError as error:
        print(f"[{error.code}] {error.zh}\n{error.en}", file=sys.stderr)
        if error.code == "bad_catalogue" and arguments.config is not None:
            _tell_lines(arguments.config)
    return 1


def _tell_lines(path: Path) -> None:
    """Where in the file the refused definitions stand, as far as the file alone tells."""
    from .file_check import check_file

    try:
        check_file(path)
    except ConfigError as error:
        for mistake in error.mistakes:
            print(f"  {path}: {mistake}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hall server",
        description="排队服务器 / the queue server",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config", type=Path, help="TOML 配置文件 / configuration file")
    parser.add_argument("--folder", type=Path, help="数据目录 / data folder (store.folder)")
    parser.add_argument(
        "--clock", type=Path, help="由模拟驱动的时钟文件 / a clock file driven by a simulation"
    )
    parser.add_argument(
        "--accept-new-key",
        action="store_true",
        help="密钥已丢失，用新密钥继续 / go on with a new personal-data key, the old one lost",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="")
    token = verbs.add_parser("token", help="终端令牌 / tokens of programs")
    kinds = token.add_subparsers(dest="kind", required=True)
    create = kinds.add_parser("create", help="登记终端并显示其令牌 / register a program")
    from .protocol.views import ProgramRole

    create.add_argument("--role", required=True, choices=get_args(ProgramRole))
    create.add_argument("--name", required=True, help="显示给管理员的名称 / name for managers")
    create.add_argument("--counter", help="所属窗口 / its counter (caller, screen, pad)")
    create.add_argument("--area", help="所属区域 / its area (station, board, announcer, kiosk)")
    kinds.add_parser("list", help="列出终端 / list programs")
    revoke = kinds.add_parser("revoke", help="撤销 / take a program's access away")
    revoke.add_argument("id")
    _add_appointments(verbs.add_parser("appointments", help="预约 / appointments"))
    _add_waits(verbs.add_parser("waits", help="等候时间的估计 / estimates of waiting time"))
    return parser


def _add_waits(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True)
    report = kinds.add_parser("report", help="与实际相比 / against what happened")
    report.add_argument("--day", default="", help="营业日；不填为全部 / business day; none: all")
    report.add_argument("--json", action="store_true", help="输出 JSON / print JSON")


def _add_appointments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True)
    read = kinds.add_parser("import", help="从文件导入 / import from a file (CSV, JSON)")
    read.add_argument("file", type=Path)
    read.add_argument("--address", help="服务器网址 / the running server, http://127.0.0.1:8701")
    read.add_argument(
        "--token-file",
        type=Path,
        required=True,
        help="integration 或 manager 令牌文件 / file with a token of either role",
    )


def _with_folder(config: Config, folder: Path) -> Config:
    import msgspec

    replace = msgspec.structs.replace
    return replace(config, store=replace(config.store, folder=folder))


def _serve(arguments: argparse.Namespace, config: Config) -> int:
    from .app import Addresses, configure_logging, serve

    def ready(addresses: Addresses) -> None:
        print(f"ready push {addresses.push} http {addresses.http}", flush=True)

    configure_logging()
    _take_all_files_allowed()
    clock = DrivenClock(arguments.clock) if arguments.clock else system_clock
    asyncio.run(serve(config, clock, ready, accept_new_key=arguments.accept_new_key))
    return 0


def _take_all_files_allowed() -> None:
    """Each connection is an open file, and a service is given 1,024 unless it asks for more."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _appointments(arguments: argparse.Namespace, config: Config) -> int:
    from .appointments_file import run_import

    scheme, host = "http" if config.tls is None else "https", config.doors.host
    if host in {"0.0.0.0", "::"}:  # noqa: S104
        host = "127.0.0.1"
    address = arguments.address or f"{scheme}://{host}:{config.doors.http_port}"
    try:
        token = arguments.token_file.read_text("utf-8").strip()
    except OSError as error:
        print(f"{arguments.token_file}: {error.strerror}", file=sys.stderr)
        return 1
    return run_import(arguments.file, address, token)


def _token(arguments: argparse.Namespace, config: Config) -> int:
    from .store.access import Access

    needs_counter = ("caller", "screen", "pad")
    if arguments.kind == "create" and arguments.role in needs_counter and not arguments.counter:
        print("此类终端须指明窗口 / this role needs --counter", file=sys.stderr)
        return 2
    if arguments.kind == "create" and arguments.role == "station" and not arguments.area:
        print("外设站须指明区域 / a station needs --area", file=sys.stderr)
        return 2
    access = Access(config.store.folder)
    try:
        match arguments.kind:
            case "create":
                made, token = access.create(
                    arguments.role,
                    arguments.name,
                    counter=CounterId(arguments.counter) if arguments.counter else None,
                    area=AreaId(arguments.area) if arguments.area else None,
                )
                print(
                    f"{made.id} 已登记，令牌只显示一次 / registered; shown only now:",
                    file=sys.stderr,
                )
                print(token)
            case "list":
                for known in access.all():
                    state = "revoked" if known.revoked_at else "valid"
                    place = known.counter or known.area or "-"
                    print(f"{known.id}  {known.role:<12} {place:<8} {state:<8} {known.name}")
            case _:
                if not access.revoke(arguments.id):
                    print("没有此终端 / no such program", file=sys.stderr)
                    return 1
    finally:
        access.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
