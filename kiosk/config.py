"""The kiosk's options: `kiosk.toml`, overridden by arguments."""

import os
import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from devices.camera.options import CameraOptions, parse_place
from devices.errors import DeviceError
from devices.face.outcome import CardPhoto
from devices.id_reader.photo import HEIGHT, WIDTH, PhotoDecoder
from devices.printer.options import PrinterOptions
from devices.scanner.codes import CodePatterns
from devices.scanner.driver import ScannerOptions
from devices.transport import parse_port
from kiosk.equipment import KEYBOARD, Cabinet
from kiosk.password import HASH
from kiosk.sight import Decode
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
        str,
        Meta(description="号票打印机 printer: usb:VID:PID, serial:/dev/…[@baud], tcp:HOST:PORT"),
    ] = ""
    paper: Annotated[Literal["80", "58"], Meta(description="纸宽毫米 paper width, mm: 80, 58")] = (
        "80"
    )
    reader: Annotated[
        str, Meta(description="身份证阅读器，空为没有 ID reader: serial:/dev/…[@baud], tcp:…")
    ] = ""
    printer_settings: Annotated[
        PrinterOptions,
        Meta(description="打印机其他设置 template, journal, …"),
    ] = PrinterOptions()
    scanner: Annotated[
        str,
        Meta(
            description="扫码器，空为没有 code scanner: keyboard (it types), serial:/dev/…[@baud]"
        ),
    ] = ""
    scanner_settings: Annotated[
        ScannerOptions, Meta(description="扫码器的其他设置 encoding, ends, ask, …")
    ] = ScannerOptions()
    codes: Annotated[CodePatterns, Meta(description="码的写法 ticket, number, appointment, …")] = (
        CodePatterns()
    )
    camera: Annotated[
        str, Meta(description="摄像头，空为没有 camera: video:/dev/v4l/by-id/…, tcp:HOST:PORT")
    ] = ""
    camera_settings: Annotated[
        CameraOptions, Meta(description="摄像头的其他设置 width, login, face, …")
    ] = CameraOptions()
    face_check: Annotated[
        Literal["off", "required"],
        Meta(
            description="人证核验，required 为须实名的业务 compare face and card: off, or for "
            "services which require identity; needs reader, camera, photo_decoder"
        ),
    ] = "off"
    face_models: Annotated[
        str, Meta(description="人脸模型目录，空为默认 folder of face models; empty: the usual one")
    ] = ""
    face_seconds: Annotated[
        float,
        Meta(description="核验时限，之后由窗口核对 then the staff compare, s"),
    ] = _LIMITS.face
    photo_decoder: Annotated[
        str, Meta(description="照片解码库，供应商提供 the reader supplier's photo library, a path")
    ] = ""
    photo_function: Annotated[str, Meta(description="其中的函数 the function in it")] = "decode"
    photo_arguments: Annotated[
        str,
        Meta(description="函数参数 its arguments in order: wlf, wlf_len, out, out_len, numbers"),
    ] = "wlf,wlf_len,out,out_len"
    photo_success: Annotated[int, Meta(description="成功时返回 what it returns when well")] = 1
    photo_order: Annotated[
        Literal["bgr", "rgb"], Meta(description="颜色顺序 order of colours it writes")
    ] = "bgr"
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
        found += self._scanner_mistakes() + self._camera_mistakes()
        for name in ("printer", "scanner", "camera"):
            if getattr(self, f"{name}_settings").port:
                found.append(f"{name}_settings.port: 请写在 {name} give it as {name}")
        names = ("page_seconds", "ticket_seconds", "refusal_seconds", "home_seconds")
        for name in (*names, "face_seconds"):
            if not 5 <= getattr(self, name) <= 600:
                found.append(f"{name}: 须为 5 到 600 must be 5 to 600: {getattr(self, name)}")
        if self.link and not LINK.fullmatch(self.link):
            found.append(f"link: 须为 http(s) 地址 must be an http(s) address: {self.link}")
        if self.exit_hash and not HASH.fullmatch(self.exit_hash):
            found.append("exit_hash: 请用 hall kiosk hash-password 生成 make it with that command")
        return found

    def _scanner_mistakes(self) -> list[str]:
        found = []
        if self.scanner and self.scanner != KEYBOARD:
            try:
                parse_port(self.scanner)
            except DeviceError as error:
                found.append(f"scanner: {error.fault.zh} {error.fault.en}: {self.scanner}")
        return found

    def _camera_mistakes(self) -> list[str]:
        found = []
        if self.camera:
            try:
                parse_place(self.camera)
            except DeviceError as error:
                found.append(f"camera: {error.fault.zh} {error.fault.en}: {self.camera}")
        if self.face_check != "off":
            found += [
                f"{name}: 人证核验需要此项 needed to compare faces"
                for name in ("reader", "camera", "photo_decoder")
                if not getattr(self, name)
            ]
        for name in ("photo_decoder", "face_models"):
            value = getattr(self, name)
            if value and not Path(value).is_absolute():
                found.append(f"{name}: 须为绝对路径 must be an absolute path: {value}")
        return found

    def cabinet(self) -> Cabinet:
        """What is fitted. Every option has been looked at by `mistakes`."""
        kept = self.printer_settings.journal
        if not kept and (state := os.environ.get("STATE_DIRECTORY", "").partition(":")[0]):
            kept = f"{state}/print-jobs.jsonl"
        replaced = msgspec.structs.replace
        camera = self.camera_settings
        # The camera ends before the page does, so that it is the camera that says how it went.
        face = replaced(camera.face, limit=max(1.0, self.face_seconds - 1))
        return Cabinet(
            printer=replaced(
                self.printer_settings,
                port=self.printer,
                paper=58 if self.paper == "58" else 80,
                journal=kept,
            ),
            reader=self.reader,
            scanner=replaced(self.scanner_settings, port=self.scanner),
            patterns=self._patterns(),
            camera=replaced(
                camera, port=self.camera, models=self.face_models or camera.models, face=face
            ),
            decode=self._decode() if self.face_check != "off" else None,
        )

    def _patterns(self) -> CodePatterns:
        if not self.link:
            return self.codes
        link = re.escape(self.link.rstrip("/"))
        pattern = f"(?:{link}/([0-9a-f-]{{32,36}})/?)|(?:{self.codes.ticket_link})"
        return msgspec.structs.replace(self.codes, ticket_link=pattern)

    def _decode(self) -> Decode:
        decoder = PhotoDecoder(
            library=self.photo_decoder,
            function=self.photo_function,
            arguments=self.photo_arguments,
            success=self.photo_success,
            order=self.photo_order,
        )
        return lambda wlf: CardPhoto(width=WIDTH, height=HEIGHT, rgb=decoder.decode(wlf).rgb)

    def limits(self) -> Limits:
        """The flow's share of the options."""
        return Limits(
            page=self.page_seconds,
            ticket=self.ticket_seconds,
            refusal=self.refusal_seconds,
            home=self.home_seconds,
            services=tuple(ServiceId(s.strip()) for s in self.services.split(",") if s.strip()),
            face_check=self.face_check == "required",
            face=self.face_seconds,
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
