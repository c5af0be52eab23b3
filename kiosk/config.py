"""The kiosk's options: `kiosk.toml`, overridden by arguments."""

import re
from typing import Annotated, Literal

from msgspec import Meta

from devices.errors import DeviceError
from devices.transport import parse_port
from kiosk.password import HASH
from kiosk.states import Limits
from kiosk.view import Place
from queue_server.domain.values import ServiceId, Text
from ui.options import Options

LINK = re.compile(r"https?://\S+")
_DESK = Place().desk
_RETENTION = Place().retention
_LIMITS = Limits()


class KioskOptions(Options, frozen=True, kw_only=True):
    """Everything a kiosk can be told."""

    printer: Annotated[
        str, Meta(description="号票打印机，空为没有 printer: tcp:HOST:PORT, serial:/dev/…[@baud]")
    ] = ""
    paper: Annotated[Literal["80", "58"], Meta(description="纸宽毫米 paper width, mm: 80, 58")] = (
        "80"
    )
    reader: Annotated[
        str, Meta(description="身份证阅读器，空为没有 ID reader: serial:/dev/…[@baud], tcp:…")
    ] = ""
    area: Annotated[str, Meta(description="只给此区域的号 area, else as registered")] = ""
    services: Annotated[
        str, Meta(description="只给这些业务，逗号分隔 only these services, comma-separated")
    ] = ""
    desk: Annotated[str, Meta(description="导办台在哪里 where the help desk is")] = _DESK.zh
    desk_en: Annotated[str, Meta(description="同上，英文 the same in English")] = _DESK.en
    retention: Annotated[str, Meta(description="证件信息保存多久 how long identity is kept")] = (
        _RETENTION.zh
    )
    retention_en: Annotated[str, Meta(description="同上，英文 the same in English")] = _RETENTION.en
    link: Annotated[
        str, Meta(description="号票网页地址，其后接号票编号 ticket page; QR is this/TICKET")
    ] = ""
    page_seconds: Annotated[float, Meta(description="无人操作多久返回 idle time-out, s")] = (
        _LIMITS.page
    )
    ticket_seconds: Annotated[float, Meta(description="号票显示多久 ticket shown, s")] = (
        _LIMITS.ticket
    )
    refusal_seconds: Annotated[float, Meta(description="未取到号的说明显示多久 refusal, s")] = (
        _LIMITS.refusal
    )
    home_seconds: Annotated[float, Meta(description="首页复原语言字号 home resets, s")] = (
        _LIMITS.home
    )
    exit_hash: Annotated[
        str, Meta(description="退出密码散列 (kiosk hash-password) hash of the exit password")
    ] = ""
    script: Annotated[
        str, Meta(description="按脚本触摸，- 为标准输入 touches by a script; - is stdin")
    ] = ""
    timing: Annotated[bool, Meta(description="输出计时 print when things happened")] = False

    def mistakes(self) -> list[str]:
        """What is wrong with values that have the right type."""
        found = super().mistakes()
        for name, port in (("printer", self.printer), ("reader", self.reader)):
            if not port:
                continue
            try:
                parse_port(port)
            except DeviceError as error:
                found.append(f"{name}: {error.fault.zh} {error.fault.en}: {port}")
        for name in ("page_seconds", "ticket_seconds", "refusal_seconds", "home_seconds"):
            if not 5 <= getattr(self, name) <= 600:
                found.append(f"{name}: 须为 5 到 600 must be 5 to 600: {getattr(self, name)}")
        if self.link and not LINK.fullmatch(self.link):
            found.append(f"link: 须为 http(s) 地址 must be an http(s) address: {self.link}")
        if self.exit_hash and not HASH.fullmatch(self.exit_hash):
            found.append("exit_hash: 请用 hall kiosk hash-password 生成 make it with that command")
        return found

    def limits(self) -> Limits:
        """The flow's share of the options."""
        return Limits(
            page=self.page_seconds,
            ticket=self.ticket_seconds,
            refusal=self.refusal_seconds,
            home=self.home_seconds,
            services=tuple(ServiceId(s.strip()) for s in self.services.split(",") if s.strip()),
            language=self.language,
            exit_hash=self.exit_hash,
        )

    def place(self) -> Place:
        """What the kiosk says of its surroundings."""
        return Place(
            desk=Text(zh=self.desk, en=self.desk_en),
            retention=Text(zh=self.retention, en=self.retention_en),
            link=self.link,
        )
