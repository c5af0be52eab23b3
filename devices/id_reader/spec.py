"""The driver `id-reader.sam` for configuration and bench: options, probe, test, simulator."""

import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from devices.driver import DeviceOptions, Driver, Simulator
from devices.errors import DeviceError, Remedy
from devices.health import Diagnosis
from devices.id_reader import protocol as p
from devices.id_reader.card_json import card_json
from devices.id_reader.events import CardRead
from devices.id_reader.identity import Identity
from devices.id_reader.photo import PhotoDecoder
from devices.id_reader.redact import CardRedactor
from devices.id_reader.sam import ReaderTimings, Sam, Wanted, reader_transport

_POLL: Final = 0.3


class SamOptions(DeviceOptions, frozen=True, kw_only=True):
    """A reader with a police security module. A serial port without a speed is probed for it."""

    poll: Annotated[
        float, msgspec.Meta(ge=_POLL, description="寻卡间隔 time between looks for a card, s")
    ] = _POLL
    baud: Annotated[
        Literal["as-found", "fastest"],
        msgspec.Meta(description="速率 fastest: a reader found at less is set to 115200 baud"),
    ] = "as-found"
    fingerprint: Annotated[
        Literal["no", "drop", "keep"],
        msgspec.Meta(description="指纹 read fingerprints; drop keeps their size alone"),
    ] = "no"
    newest_address: Annotated[
        bool, msgspec.Meta(description="最新住址 read addresses added since the card was made")
    ] = False
    chip_number: Annotated[bool, msgspec.Meta(description="芯片号 read the chip's number")] = False
    lenient_numbers: Annotated[
        bool,
        msgspec.Meta(
            description="号码从宽 take hmt and foreign-2023 numbers whose check does not fit"
        ),
    ] = False
    photo_library: Annotated[
        str,
        msgspec.Meta(description="照片解码库 path of the vendor's photo decoder; empty for none"),
    ] = ""
    photo_function: Annotated[str, msgspec.Meta(description="解码函数 its C function")] = "decode"
    photo_arguments: Annotated[
        str, msgspec.Meta(description="函数参数 words wlf, wlf_len, out, out_len, or whole numbers")
    ] = "wlf,wlf_len,out,out_len"
    photo_success: Annotated[
        int, msgspec.Meta(description="成功返回值 what it returns when all is well")
    ] = 1
    photo_order: Annotated[
        Literal["bgr", "rgb"], msgspec.Meta(description="像素次序 of a picture without a header")
    ] = "bgr"
    photo_timeout: Annotated[float, msgspec.Meta(gt=0, description="解码时限 s")] = 5.0

    def sam(self) -> Sam:
        """A conversation with this reader, not yet opened."""
        timings = ReaderTimings(poll=self.poll)
        return Sam(reader_transport(self.port), timings, fastest=self.baud == "fastest")

    def wanted(self) -> Wanted:
        """What to read of a card."""
        return Wanted(
            fingerprint=self.fingerprint,
            newest_address=self.newest_address,
            chip_number=self.chip_number,
            lenient_numbers=self.lenient_numbers,
        )

    def decoder(self) -> PhotoDecoder | None:
        """The photo decoder, where one is configured."""
        if not self.photo_library:
            return None
        return PhotoDecoder(
            library=self.photo_library,
            function=self.photo_function,
            arguments=self.photo_arguments,
            success=self.photo_success,
            order=self.photo_order,
            timeout=self.photo_timeout,
        )


def probe(options: SamOptions) -> Diagnosis:
    """Which module answers, at which speed."""
    sam = options.sam()
    try:
        return sam.connect()
    finally:
        sam.close()


def test(options: SamOptions, given: Namespace) -> Mapping[str, object]:
    """Wait for a card and tell what it says; a card badly laid may be laid again."""
    sam = options.sam()
    try:
        found = sam.connect()
        if found.code:
            raise DeviceError(found.code)
        card = _wait_for_card(sam, options, time.monotonic() + given.timeout)
    finally:
        sam.close()
    today = datetime.now().astimezone().date()
    result = {**card_json(card, today, show=given.show), "sam": sam.number or ""}
    if decoder := options.decoder():
        result["photo"] = _photo(decoder, card.photo, given.photo)
    return result


def _wait_for_card(sam: Sam, options: SamOptions, until: float) -> CardRead:
    _say("请放置证件 · Please lay a card")
    is_lying = False
    while time.monotonic() < until:
        try:
            reply = sam.exchange(p.FIND_CARD)
            is_there = reply.status not in (p.NO_CARD, p.NOT_SELECTED)
            if is_there and not is_lying:
                is_lying = True
                if reply.error:
                    raise DeviceError(reply.error, f"SW3 {reply.status:02X}")
                return sam.read(options.wanted())
            is_lying = is_there
        except DeviceError as error:
            if error.fault.remedy is not Remedy.RETRY:
                raise
            _say(f"{error}\n{error.fault.zh}\n{error.fault.en}")
        time.sleep(options.poll)
    raise DeviceError("id_reader.no_card")


def _photo(decoder: PhotoDecoder, wlf: bytes, path: Path | None) -> str:
    """`decoded`, or the code of why not: a card is read all the same."""
    try:
        photo = decoder.decode(wlf)
        if path is not None:
            path.write_bytes(photo.bmp())
    except DeviceError as error:
        return error.code
    except OSError as error:
        return f"{path}: {error.strerror}"
    return "decoded"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def add_test_arguments(parser: ArgumentParser) -> None:
    """`--timeout`, `--show`, `--photo`."""
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--show", action="store_true", help="不遮蔽 names and numbers in full")
    parser.add_argument(
        "--photo", type=Path, metavar="FILE", help="照片存为 BMP the photo, where it can be decoded"
    )


def simulate(port: str, given: Namespace) -> Simulator:
    """A reader on `port`, with the card given or an invented one."""
    from devices.id_reader.exchanges import ExchangeFile
    from devices.id_reader.simulator import IdReaderSimulator, card_of

    who: Identity | None = given.person or given.card
    card = None
    if who is not None:
        size, addresses = given.fingerprint, tuple(given.newest_address)
        card = card_of(who, fingerprint_size=size, newest_addresses=addresses)
    reader = IdReaderSimulator(
        port,
        card=card,
        seed=given.seed,
        baud=given.baud,
        pace=given.pace,
        card_time=given.card_time,
        forgets=given.forgets,
    )
    if given.exchanges is not None:
        try:
            reader.on_exchange = ExchangeFile(given.exchanges)
        except OSError as error:
            raise DeviceError("id_reader.simulation", f"{given.exchanges}: {error}") from error
    return reader


def add_simulate_arguments(parser: ArgumentParser) -> None:
    """The card, and the module's habits."""
    cards = parser.add_mutually_exclusive_group()
    cards.add_argument("--person", type=_person_file, help="a file with one identity as JSON")
    cards.add_argument("--card", type=_person, help="one identity as JSON")
    parser.add_argument("--seed", type=int, default=1, help="whom to invent without a card")
    parser.add_argument("--fingerprint", type=int, choices=(0, 512, 1024), default=0)
    parser.add_argument("--newest-address", action="append", default=[], metavar="TEXT")
    parser.add_argument("--baud", type=int, choices=p.BAUDS, help="answers at this speed alone")
    parser.add_argument("--pace", type=int, choices=p.BAUDS, help="takes a line's true time")
    parser.add_argument("--card-time", type=float, default=0.0, help="seconds to read a card")
    parser.add_argument("--exchanges", type=Path, metavar="FILE", help="a JSON line for each")
    parser.add_argument("--forgets", action="store_true", help="finds no card that it has read")


def _person(text: str | bytes) -> Identity:
    from devices.id_reader.synthetic import encode_text

    try:
        who = msgspec.json.decode(text, type=Identity)
        encode_text(who)
    except (msgspec.DecodeError, KeyError, ValueError) as error:
        raise ArgumentTypeError(f"the card: {error}") from error
    return who


def _person_file(path: str) -> Identity:
    try:
        return _person(Path(path).read_bytes())
    except OSError as error:
        raise ArgumentTypeError(f"the card: {path}: {error.strerror}") from error


DRIVER: Final = Driver(
    kind="id-reader",
    name="sam",
    zh="身份证阅读器",
    en="ID-card reader (SAM)",
    options=SamOptions,
    probe=probe,
    test=test,
    redactor=CardRedactor,
    test_arguments=add_test_arguments,
    simulate=simulate,
    simulate_arguments=add_simulate_arguments,
    usb=((0x0400, 0xC35A),),
    is_default=True,
)
