"""The machine itself: Python, drivers, fonts, rights, udev, clock, disk."""

import ctypes
import grp
import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from devices.doctor.finding import Finding, Patient, needed, note, ok, todo

_EARLIEST: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that tells less lost its battery."""
_UNSYNCHRONISED: Final = 5  # TIME_ERROR of adjtimex(2)
_LEAST_FREE: Final = 1 << 30
_LEAST_SHARE: Final = 0.05
_FONTS: Final = "usr/share/fonts"
_RARE_FONTS: Final = {
    "HanaMinB.ttf": "fonts-hanazono",
    "BabelStoneHan.ttf": "fonts-babelstone-han",
}
_RULES: Final = ("etc/udev/rules.d", "usr/lib/udev/rules.d", "lib/udev/rules.d")


def python(patient: Patient) -> Iterator[Finding]:
    """The environment, and whether its drivers load."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] == (3, 11):
        yield ok("python", f"Python {found}", f"Python {found}", sys.executable)
    else:
        yield todo(
            "python", f"需要 Python 3.11，现为 {found}", f"Python 3.11 is needed, not {found}"
        )
    try:
        version("hall")
        count = len(patient.registry.drivers)
        yield ok("drivers", f"登记了 {count} 个设备驱动", f"{count} device drivers are registered")
    except PackageNotFoundError:
        yield todo("drivers", "设备驱动没有登记", "No device driver is registered", "./hall setup")
    for broken in patient.registry.broken:
        yield todo(
            "drivers", f"驱动 {broken.name} 不能使用", f"The driver {broken.name} cannot be used",
            detail=f"{broken.value}: {broken.reason}",
        )  # fmt: skip


def fonts(patient: Patient) -> Iterator[Finding]:
    """Chinese type, for screens and for rare characters on paper."""
    folder = patient.root / _FONTS
    lacking = [
        package for file, package in _RARE_FONTS.items() if not next(folder.rglob(file), None)
    ]
    if next(folder.rglob("NotoSansCJK*"), None):
        if lacking:
            yield todo(
                "fonts", "缺少生僻字字库：有的姓名不能打印",
                "Fonts of rare characters are missing: some names cannot print",
                f"apt-get install {' '.join(lacking)}",
            )  # fmt: skip
        else:
            yield ok(
                "fonts", "有思源黑体与生僻字字库", "Noto Sans CJK and rare characters are there"
            )
    else:
        yield todo(
            "fonts", "缺少思源黑体：中文显示不全，生僻字不能打印",
            "Noto Sans CJK is missing: Chinese shows badly, rare characters cannot print",
            "apt-get install fonts-noto-cjk",
        )  # fmt: skip


def groups(patient: Patient) -> Iterator[Finding]:
    """Whether this user may open what is there or configured."""
    if os.geteuid() == 0:
        yield note("groups", "以 root 运行，权限无从检查", "Run as root: rights cannot be judged")
        return
    ports = [*(port.port for port in patient.ports), *(one.port for one in patient.fitted)]
    needs = {
        "dialout": any(port.startswith("serial:") for port in ports),
        "lp": any(port.is_printer for port in patient.ports),
        "plugdev": any(one.port.startswith("usb:") for one in patient.fitted),
        "video": any(port.startswith("video:") for port in ports),
    }
    mine = set(os.getgroups())
    for name, is_needed in needs.items():
        try:
            is_member = grp.getgrnam(name).gr_gid in mine
        except KeyError:
            continue
        if is_member:
            yield ok("groups", f"本用户在 {name} 组", f"This user is in the group {name}")
        else:
            missing = todo(
                "groups", f"本用户不在 {name} 组", f"This user is not in the group {name}",
                f"usermod -aG {name} $USER; 重新登录 log in again",
            )  # fmt: skip
            yield needed(is_needed, missing)


def udev(patient: Patient) -> Iterator[Finding]:
    """Our rules, which give USB devices to those groups."""
    if any((patient.root / folder / "60-hall.rules").exists() for folder in _RULES):
        yield ok("udev", "udev 规则已安装", "The udev rules are installed")
        return
    is_needed = any(one.port.startswith("usb:") for one in patient.fitted)
    missing = todo(
        "udev", "udev 规则未安装：USB 设备可能无权打开",
        "The udev rules are not installed: USB devices may be denied",
        "cp packaging/udev/60-hall.rules /etc/udev/rules.d/ && udevadm control --reload",
    )  # fmt: skip
    yield needed(is_needed, missing)


def clock(patient: Patient) -> Iterator[Finding]:  # noqa: ARG001 - there is one clock
    """Tickets carry the time: a sane clock, kept by the network."""
    now = datetime.now(UTC)
    if now < _EARLIEST:
        yield todo(
            "clock", f"时钟不对：{now:%Y-%m-%d}", f"The clock is wrong: {now:%Y-%m-%d}",
            "timedatectl set-time …; 检查主板电池 check the board's battery",
        )  # fmt: skip
    elif is_synchronised():
        yield ok("clock", "时钟已与网络同步", "The clock is synchronised")
    else:
        yield todo(
            "clock", "时钟未与网络同步", "The clock is not synchronised",
            "timedatectl set-ntp true",
        )  # fmt: skip


def is_synchronised() -> bool:
    """Whether something keeps the kernel's clock (adjtimex(2): chrony, ntpd, timesyncd alike)."""
    buffer = ctypes.create_string_buffer(512)  # struct timex, of which modes = 0 only reads
    state: int = ctypes.CDLL(None).adjtimex(buffer)
    return 0 <= state < _UNSYNCHRONISED


def disk(patient: Patient) -> Iterator[Finding]:
    """Room for the record, the journal and the logs."""
    usage = shutil.disk_usage(patient.root)
    free = f"{usage.free / 1e9:.1f} GB"
    if usage.free < _LEAST_FREE or usage.free < usage.total * _LEAST_SHARE:
        yield todo(
            "disk", f"磁盘将满，只剩 {free}", f"The disk is nearly full: {free} left",
            "删除不需要的文件 delete what is not needed",
        )  # fmt: skip
    else:
        yield ok("disk", f"磁盘剩余 {free}", f"{free} of disk are free")
