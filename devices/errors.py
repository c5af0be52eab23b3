"""What can go wrong with a device, as codes: who must act, and what to tell them."""

from enum import StrEnum
from typing import Final

import msgspec


class Remedy(StrEnum):
    """Who can put it right: the same action again, a person at the device, or a programmer."""

    RETRY = "retry"
    OPERATOR = "operator"
    BUG = "bug"


class Fault(msgspec.Struct, frozen=True):
    """One error code's remedy and its sentence in both languages."""

    remedy: Remedy
    zh: str
    en: str


_R, _O, _B = Remedy.RETRY, Remedy.OPERATOR, Remedy.BUG

FAULTS: Final[dict[str, Fault]] = {
    # Ports
    "port.invalid": Fault(
        _O, "端口写法不正确，请检查配置", "The port is written wrongly; check it"
    ),
    "port.unnamed": Fault(
        _O,
        "没有指定端口，请加 --port；端口见 hall devices list",
        "No port is named; give --port. hall devices list shows the ports",
    ),
    "port.not_serial": Fault(
        _O, "这不是可用的串口，请检查端口", "This is no serial port that works; check which it is"
    ),
    "port.missing": Fault(_O, "找不到端口，请检查连线", "The port is not there; check the cable"),
    "port.denied": Fault(
        _O,
        "无权打开端口，请把用户加入端口所属的组（如 dialout）",
        "No permission to open the port; add the user to the port's group (dialout)",
    ),
    "port.busy": Fault(_O, "端口被其他程序占用", "Another program holds the port"),
    "port.refused": Fault(
        _O, "设备拒绝连接，请检查电源与网络", "The device refuses; check power and network"
    ),
    "port.unreachable": Fault(
        _O, "网络连不上设备，请检查网络", "The device cannot be reached; check the network"
    ),
    "port.lost": Fault(_O, "与设备的连接已断开，请检查连线", "The device is gone; check the cable"),
    "port.stalled": Fault(_O, "设备不再接收数据", "The device has stopped taking data"),
    "port.closed": Fault(_B, "端口未打开", "The port is not open"),
    "port.no_usb": Fault(
        _O, "缺少 libusb，请安装 libusb-1.0-0", "libusb is missing; install libusb-1.0-0"
    ),
    # Drivers
    "driver.unknown": Fault(
        _O, "没有这种设备的驱动，请检查名称", "There is no such driver; check the name"
    ),
    "driver.options": Fault(
        _O, "设备配置有误，请检查", "The device's configuration is wrong; check it"
    ),
    "driver.no_simulator": Fault(_O, "此驱动没有模拟器", "This driver brings no simulator"),
    "driver.no_fault": Fault(
        _O, "模拟器没有这种故障，请检查名称", "The simulator knows no such fault; check the name"
    ),
    "driver.no_redactor": Fault(
        _O,
        "此驱动没有说明哪些数据涉及个人，不能录制",
        "This driver does not say what is personal on its line: it cannot be recorded",
    ),
    "driver.silent": Fault(  # of drivers that bring no codes of their own
        _O, "设备没有应答，请检查电源与连线", "The device does not answer; check power and cable"
    ),
    # Recordings
    "recording.invalid": Fault(_O, "录制文件格式不正确", "This is not a recording of a device"),
    "recording.unexpected": Fault(
        _B, "录制中没有这个请求", "The recording does not have this request"
    ),
    # Ticket printer
    "printer.paper_out": Fault(
        _O, "打印机缺纸，请工作人员换纸", "Out of paper; staff, please refill"
    ),
    "printer.cover_open": Fault(
        _O, "打印机盖未合上，请工作人员检查", "The printer's cover is open"
    ),
    "printer.cutter": Fault(_O, "切纸刀故障，请工作人员检查", "The paper cutter is stuck"),
    "printer.recoverable": Fault(
        _O, "打印机出错，请工作人员清除", "Printer error; staff, please clear it"
    ),
    "printer.unrecoverable": Fault(_O, "打印机故障，请报修", "Printer failure; call for repair"),
    "printer.overheated": Fault(
        _R, "打印头过热，稍后自动恢复", "The print head is too hot; it recovers by itself"
    ),
    "printer.offline": Fault(_O, "打印机脱机，请工作人员检查", "The printer is off line"),
    "printer.silent": Fault(
        _O, "打印机没有应答，请检查电源", "The printer does not answer; check its power"
    ),
    "printer.not_connected": Fault(_O, "打印机未连接", "The printer is not connected"),
    "printer.job_expired": Fault(
        _R, "打印等待超时，已取消", "The print job waited too long and was dropped"
    ),
    "printer.stopped": Fault(
        _R, "程序退出，打印已取消", "The program ended before the slip was printed"
    ),
    "printer.paper_near_end": Fault(_O, "打印纸将尽，请准备换纸", "Paper is running low"),
    "printer.interrupted": Fault(
        _O, "打印时程序中断，不知是否已出纸", "The program ended while printing; check the paper"
    ),
    "printer.journal": Fault(
        _O, "打印记录无法写入，请检查磁盘", "The print journal cannot be written; check the disk"
    ),
    "printer.template": Fault(
        _O, "号票模板有误，请检查", "The ticket template has mistakes; correct it"
    ),
    "printer.logo": Fault(_O, "标志图片无法读取", "The logo cannot be read as a picture"),
    "printer.font_missing": Fault(
        _O, "缺少思源黑体，无法打印生僻字", "Noto Sans CJK is missing: rare characters cannot print"
    ),
    # ID-card reader
    "id_reader.silent": Fault(
        _O, "身份证阅读器没有应答，请检查连线", "The ID reader does not answer; check the cable"
    ),
    "id_reader.corrupt": Fault(
        _R, "读卡数据有误，请拿起身份证重新放好", "Bad data; please lift the card and lay it again"
    ),
    "id_reader.checksum": Fault(
        _R,
        "指令校验有误，请拿起身份证重新放好",
        "Line noise; please lift the card and lay it again",
    ),
    "id_reader.length": Fault(
        _R,
        "指令长度有误，请拿起身份证重新放好",
        "Line noise; please lift the card and lay it again",
    ),
    "id_reader.information_length": Fault(
        _R, "证件信息长度有误，请拿起重新放好", "Data cut short; please lift the card, lay it again"
    ),
    "id_reader.random_number": Fault(
        _R, "读卡未成功，请拿起身份证重新放好", "Not read; please lift the card and lay it again"
    ),
    "id_reader.card_moved": Fault(
        _R, "身份证移开得太早，请重新放好不要移动", "The card moved; please lay it again and wait"
    ),
    "id_reader.card_unknown": Fault(
        _R, "请放置居民身份证或居留证件", "Please lay a resident identity card"
    ),
    "id_reader.sam_distrusted": Fault(
        _O, "证件不接受本阅读器，请到人工窗口办理", "The card refuses this reader; see our staff"
    ),
    "id_reader.card_distrusted": Fault(
        _O, "这张证件未通过验证，请到人工窗口办理", "The card is not recognised; see our staff"
    ),
    "id_reader.text_unverified": Fault(
        _O, "证件信息未通过验证，请到人工窗口办理", "The card's data does not verify; see our staff"
    ),
    "id_reader.fingerprint_unverified": Fault(
        _O,
        "证件指纹信息未通过验证，请到人工窗口办理",
        "Its fingerprints do not verify; see our staff",
    ),
    "id_reader.card_incomplete": Fault(
        _O, "证件中没有所需信息，请到人工窗口办理", "The card lacks an item; please see our staff"
    ),
    "id_reader.text_invalid": Fault(
        _O, "证件内容格式不正确，请到人工窗口办理", "The card's text is malformed; see our staff"
    ),
    "id_reader.number_invalid": Fault(
        _O, "证件号码校验不符，请到人工窗口办理", "The card's number does not check; see our staff"
    ),
    "id_reader.no_card": Fault(_O, "等待超时，没有放置证件", "No card was laid in the time given"),
    "id_reader.sam_unauthorised": Fault(
        _O, "阅读器安全模块未授权，请联系供应商", "The reader's security module is not authorised"
    ),
    "id_reader.sam_failed": Fault(
        _O, "阅读器安全模块自检失败，请报修", "The reader's security module failed its self-test"
    ),
    "id_reader.not_permitted": Fault(
        _O, "阅读器不允许此操作，请联系供应商", "The reader may not do this; ask its supplier"
    ),
    "id_reader.bad_command": Fault(
        _B, "阅读器不接受指令，请联系开发人员", "The reader calls our command wrong"
    ),
    "id_reader.unknown_command": Fault(
        _B, "阅读器没有此功能，请联系开发人员", "The reader does not know our command"
    ),
    "id_reader.request_rejected": Fault(
        _B, "阅读器拒绝了指令，请联系开发人员", "The reader rejected our command"
    ),
    "id_reader.simulation": Fault(
        _O, "模拟器的文件无法写入", "The simulator's file cannot be written"
    ),
    "id_reader.photo_library": Fault(
        _O, "照片解码库无法装入，请检查配置", "The photo decoder cannot be loaded; check its path"
    ),
    "id_reader.photo_crashed": Fault(
        _O, "照片解码库崩溃，请联系供应商", "The photo decoder crashed; ask its supplier"
    ),
    "id_reader.photo_timeout": Fault(
        _O, "照片解码超时，请联系供应商", "The photo decoder did not finish in time"
    ),
    "id_reader.photo_invalid": Fault(_R, "照片未能解码", "The photo could not be decoded"),
    # Code scanner
    "scanner.silent": Fault(
        _O, "扫码器没有应答，请检查连线", "The scanner does not answer; check its cable"
    ),
    "scanner.cut_short": Fault(_R, "扫码不完整，请重新扫码", "Cut short; please scan it again"),
    "scanner.overlong": Fault(
        _R, "扫到的内容过长，请扫描本大厅的码", "Too long for a code of this hall"
    ),
    "scanner.unreadable": Fault(_R, "扫码内容无法识读，请重新扫码", "Not readable; scan it again"),
    "scanner.no_code": Fault(_O, "等待超时，没有扫到码", "No code was scanned in the time given"),
    # Camera and face check
    "camera.port": Fault(
        _O,
        "摄像头端口写法不正确，应为 video:/dev/…、tcp:主机:端口 或 file:/路径",
        "A camera's port is video:/dev/…, tcp:HOST:PORT or file:/PATH",
    ),
    "camera.not_opened": Fault(
        _O, "摄像头无法打开，请检查连线与占用", "The camera does not open; check cable and users"
    ),
    "camera.silent": Fault(_O, "摄像头没有画面，请检查", "The camera gives no picture; check it"),
    "camera.refused": Fault(
        _O, "网络摄像头拒绝请求，请检查地址与口令", "The camera refuses; check path and login"
    ),
    "camera.not_mjpeg": Fault(
        _O, "网络摄像头给出的不是 MJPEG 画面", "What the network camera sends is no MJPEG stream"
    ),
    "camera.no_library": Fault(
        _O, "缺少 OpenCV 或 zxing-cpp，请重新安装", "OpenCV or zxing-cpp is missing; install again"
    ),
    "camera.child_died": Fault(
        _R, "摄像头程序意外退出，正在重启", "The camera's process died; it is being restarted"
    ),
    "camera.child_hung": Fault(
        _R, "摄像头程序没有响应，正在重启", "The camera's process hung; it is being restarted"
    ),
    "camera.child_babbled": Fault(
        _B, "摄像头程序数据有误，请联系开发人员", "The camera's process sent nonsense"
    ),
    "camera.no_code": Fault(_O, "等待超时，没有看到码", "No code was seen in the time given"),
    "face.models": Fault(
        _O,
        "人脸比对模型未安装，请运行 hall devices models fetch",
        "The face models are missing; run: hall devices models fetch",
    ),
    "face.model_checksum": Fault(
        _O, "人脸比对模型校验不符，请重新获取", "A face model fails its checksum; fetch it again"
    ),
    "face.no_consent": Fault(_B, "未经同意不得比对人脸", "No face check without consent"),
    "face.busy": Fault(_R, "人脸比对正在进行", "A face check is already going on"),
    # LED screens
    "led.silent": Fault(
        _O, "LED屏没有应答，请检查电源与网线", "The LED screen does not answer; check its power"
    ),
    "led.corrupt": Fault(
        _R, "LED屏应答有误，稍后自动重试", "The LED screen answers badly; it is tried again"
    ),
    "led.busy": Fault(_R, "LED屏正忙，稍后自动重试", "The LED screen is busy; it is tried again"),
    "led.rejected": Fault(
        _O, "LED屏拒绝了内容，请检查区域设置", "The LED screen rejects; check its area's settings"
    ),
    "led.memory": Fault(
        _O, "LED屏存储空间不足，请清理节目", "The LED screen's memory is full; remove programmes"
    ),
    # Hardware callers and rating pads
    "call_line.silent": Fault(
        _O,
        "叫号器线路上没有设备应答，请检查供电与A/B接线",
        "No device on the callers' line answers; check its power and the A/B wires",
    ),
    "call_line.address_silent": Fault(
        _O,
        "线路上有叫号器没有应答，请检查该地址的设备",
        "An address on the callers' line does not answer; check that device",
    ),
    "call_line.unshowable": Fault(
        _O, "号码中没有数字，叫号器无法显示", "The number has no digit for the caller to show"
    ),
    # Voice
    "voice.player_missing": Fault(
        _O,
        "缺少播放程序，请安装 alsa-utils",
        "The player program is missing; install alsa-utils",
    ),
    "voice.player_died": Fault(
        _R, "播放程序意外退出，正在重启", "The player died; it is restarted"
    ),
    "voice.player_stuck": Fault(
        _R, "播放程序没有响应，正在重启", "The player hung; it is being restarted"
    ),
    "voice.device_busy": Fault(
        _O, "声卡被其他程序占用，请关闭该程序", "Another program holds the sound card; close it"
    ),
    "voice.device_missing": Fault(
        _O, "找不到声卡，请检查连线与设置", "The sound card is not there; check cable and name"
    ),
    "voice.file": Fault(_O, "语音文件无法写入，请检查路径", "The sound file cannot be written"),
    "voice.pack": Fault(
        _O, "语音包不完整，请重新安装", "The clip pack is not whole; install it again"
    ),
    "voice.unspeakable": Fault(
        _O,
        "号码或窗口名中有无法播报的字，请只用字母和数字",
        "A number or counter has a character with no sound; use letters and digits only",
    ),
    "voice.text": Fault(
        _O, "通知内容为空、过长或含有控制字符", "The notice is empty, too long or has control codes"
    ),
    "voice.crowded": Fault(
        _R, "等待的通知过多，已取消", "Too many notices wait; this one is dropped"
    ),
    "voice.no_engine": Fault(
        _O, "没有语音合成程序，请安装 espeak-ng", "No speech engine is there; install espeak-ng"
    ),
    "voice.engine_failed": Fault(
        _O, "语音合成失败，请检查安装", "The speech engine failed; check its installation"
    ),
    "voice.engine_timeout": Fault(_R, "语音合成超时，已取消", "The speech engine took too long"),
    "voice.install": Fault(
        _O, "语音合成模型未能安装，请按说明检查", "The speech model was not installed; read why"
    ),
    # Devices described by a template
    "template.invalid": Fault(
        _O, "设备模板有误，请按说明修改", "The device's template is wrong; correct it as told"
    ),
    "template.unencodable": Fault(
        _O, "内容放不进设备模板的字段", "The content does not fit the template's field"
    ),
}


class DeviceError(Exception):
    """A device or its port failed; `code` is a key of FAULTS.

    `detail` is for technicians and logs: it never holds what a card said.
    `written` counts the bytes handed over before a write failed.
    """

    def __init__(self, code: str, detail: str = "", *, written: int = 0) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.written = written

    @property
    def fault(self) -> Fault:
        """Remedy and texts of this code."""
        return FAULTS[self.code]
