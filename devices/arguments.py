"""The words of `hall devices`: its verbs, and each driver's own arguments."""

import argparse
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from devices.registry import AnyDriver, Registry

_DESCRIPTION: Final = (
    "设备维护台，可与运行中的大厅同用 · a technician's bench, beside a running hall or without. "
    "PORT: serial:/dev/…[@baud], tcp:HOST:PORT, usb:VID:PID[:SERIAL]"
)


def parser_for(registry: Registry, words: Sequence[str]) -> ArgumentParser:
    """The parser of `hall devices`, with each kind's own arguments; `words` name its driver."""
    parser = ArgumentParser(prog="hall devices", description=_DESCRIPTION)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verb = verbs.add_parser(
        "list", help="端口、占用者、相配的驱动 ports, who holds them, what fits"
    )
    verb.add_argument("--json", action="store_true")
    verb = verbs.add_parser("drivers", help="驱动及其配置项 drivers and their options")
    verb.add_argument("kind", nargs="?", choices=registry.kinds)
    verb.add_argument("--json", action="store_true")
    verb = verbs.add_parser("probe", help="探测端口上是什么设备 what answers on a port, or on all")
    verb.add_argument("kind", nargs="?", choices=registry.kinds)
    verb.add_argument("--driver", metavar="NAME")
    verb.add_argument(
        "--port", metavar="PORT", help="全部，若不指定 all that are found, unless given"
    )
    verb.add_argument("--json", action="store_true")
    _add_option(verb)
    verb = verbs.add_parser("test", help="测试一种设备 try one device")
    for driver, one in _kinds(verb, registry, words):
        one.add_argument("--port", metavar="PORT", default="")
        one.add_argument("--json", action="store_true", help="一行 JSON on one line")
        _add_option(one)
        driver.test_arguments(one)
    verb = verbs.add_parser("record", help="录制端口上的往来（除去个人信息）record a device's port")
    for driver, one in _kinds(verb, registry, words):
        one.add_argument("--port", metavar="PORT", required=True)
        one.add_argument("--out", metavar="FILE", type=Path, required=True)
        one.add_argument(
            "--serve",
            metavar="PTY|TCP",
            help="pty[:LINK] or tcp[:PORT]: 录制另一程序 record another program, which opens this",
        )
        one.add_argument("--until-eof", action="store_true", help="随标准输入结束 end with stdin")
        one.add_argument("--json", action="store_true")
        _add_option(one)
        driver.test_arguments(one)
    verb = verbs.add_parser("replay", help="回放录制 a recording plays its device")
    verb.add_argument("file", metavar="FILE", type=Path)
    verb.add_argument(
        "--port",
        metavar="PTY|TCP",
        help="pty[:LINK] or tcp[:PORT]; 默认给本类测试 else the test is run",
    )
    verb.add_argument("--speed", type=_speed, default=1.0, help="几倍速 times as fast")
    verb.add_argument("--until-eof", action="store_true", help="随标准输入结束 end with stdin")
    verb.add_argument("--json", action="store_true")
    verb.epilog = "测试的参数在 -- 之后 · arguments of the test follow --"
    verb = verbs.add_parser("simulate", help="模拟一种设备 a simulator on a true port; see stdin")
    for driver, one in _kinds(verb, registry, words):
        one.add_argument("--port", default="pty", help="pty[:LINK] or tcp[:PORT]")
        one.add_argument(
            "--fault", action="append", default=[], metavar="NAME", help="故障 may be repeated"
        )
        one.add_argument("--until-eof", action="store_true", help="随标准输入结束 end with stdin")
        driver.simulate_arguments(one)
    verbs.add_parser("models", help="人脸比对模型：获取、校验 face models: fetch, check")
    return parser


def _kinds(
    verb: ArgumentParser, registry: Registry, words: Sequence[str]
) -> list[tuple[AnyDriver, ArgumentParser]]:
    """A sub-command a kind, with the arguments of the driver that `words` name."""
    kinds = verb.add_subparsers(dest="kind", required=True, metavar="KIND")
    finder = ArgumentParser(add_help=False, allow_abbrev=False)
    finder.add_argument("--driver")
    try:
        named = finder.parse_known_args(list(words))[0].driver
    except SystemExit:
        named = None  # `--driver` without a name: the real parser says so
    result = []
    for kind in registry.kinds:
        drivers = {driver.name: driver for driver in registry.of(kind)}
        driver = drivers.get(named) or registry.get(kind)
        one = kinds.add_parser(kind, help=f"{driver.zh} {driver.en}")
        one.add_argument("--driver", choices=drivers, help=f"{driver.name}, unless given")
        result.append((driver, one))
    return result


def _add_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--option",
        "-o",
        action="append",
        default=[],
        type=_name_and_value,
        metavar="NAME=VALUE",
        help="驱动配置项，见 drivers · an option of the driver; may be repeated",
    )


def _name_and_value(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError("NAME=VALUE")
    return name, value


def _speed(word: str) -> float:
    speed = float(word)
    if not speed > 0:
        raise argparse.ArgumentTypeError("more than 0")
    return speed
