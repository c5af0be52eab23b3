"""`hall server appointments import FILE`: a day's appointments from a file, through the HTTP door.

The same `PUT` as the portal's, one a row: importing a file again changes nothing, and a row whose
time changed moves its appointment.
"""

import csv
import io
import json
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import httpx

from .domain.values import Holder
from .errors import HallError

FIELDS = ("serial", "service", "day", "start", "name", "number", "birth")
_CHINESE = ("流水号", "业务", "日期", "时间", "姓名", "证件号码", "出生日期")
_NEEDED = FIELDS[:6]
_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?::00)?")
_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
"""What spreadsheets make of a long number: its last digits are lost."""
TRIES = 5
"""How often a row is sent while the server says that it may succeed later."""


class ImportFileError(HallError):
    """A file that cannot be read as appointments; nothing of it was sent."""


class Row(NamedTuple):
    """One appointment of a file, and the line (or place) it stands at."""

    line: int
    serial: str
    service: str
    day: str
    start: str
    holder: Holder


class Refused(NamedTuple):
    """A row the hall did not take, and why."""

    row: Row
    code: str
    zh: str
    en: str


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV (UTF-8 or GB18030, headed) or JSON file (a list of objects).

    Columns: serial, service, day, start, name, number, and birth if known; Chinese headings do as
    well, and dates and times as spreadsheets write them (2026/3/3, 9:00). Raises
    `ImportFileError` with everything that is wrong.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _bad([f"{path}: {error.strerror}"]) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    records = _json(text) if path.suffix.lower() == ".json" else _csv(text)
    mistakes: list[str] = []
    rows: list[Row] = []
    for line, record in records:
        missing = [name for name in _NEEDED if not record.get(name)]
        if missing:
            mistakes.append(f"{line}: 缺少 / missing: {', '.join(missing)}")
            continue
        if _ROUNDED.fullmatch(record["number"]):
            mistakes.append(
                f"{line}: 证件号码已被表格软件改写，请把该列设为文本后重新导出 / number: rounded "
                "by a spreadsheet, make the column text and export again"
            )
            continue
        birth = _day(record.get("birth", ""))
        holder = Holder(name=record["name"], number=record["number"], birth=birth)
        day, start = _day(record["day"]), _time(record["start"])
        rows.append(Row(line, record["serial"], record["service"], day, start, holder))
    seen: dict[str, int] = {}
    for row in rows:
        if row.serial in seen:
            mistakes.append(f"{row.line}: 流水号重复 / serial also at {seen[row.serial]}")
        seen[row.serial] = row.line
    if mistakes:
        raise _bad(mistakes)
    return rows


def _day(text: str) -> str:
    """A date as the hall wants it; what is none is left for the hall to refuse."""
    found = _DATE.fullmatch(text.partition(" ")[0])
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else text


def _time(text: str) -> str:
    found = _TIME.fullmatch(text)
    return f"{int(found[1]):02d}:{found[2]}" if found else text


def _csv(text: str) -> Iterable[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    english = dict(zip(_CHINESE, FIELDS, strict=True))
    for record in reader:
        named = {english.get((k or "").strip(), (k or "").strip()): v for k, v in record.items()}
        yield (
            reader.line_num,
            {name: value.strip() for name, value in named.items() if isinstance(value, str)},
        )


def _json(text: str) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        records = json.loads(text)
    except ValueError as error:
        raise _bad([f"不是 JSON / not JSON: {error}"]) from error
    if not isinstance(records, list):
        raise _bad(["须为列表 / must be a list of objects"])
    for place, record in enumerate(records, start=1):
        given = record if isinstance(record, dict) else {}
        yield place, {k: str(v).strip() for k, v in given.items() if isinstance(v, str | int)}


def send_rows(client: httpx.Client, rows: Iterable[Row]) -> list[Refused]:
    """Book each row; those that the hall refused. Raises `HallError` where nobody answers."""
    return [refused for row in rows if (refused := _send(client, row)) is not None]


def _send(client: httpx.Client, row: Row) -> Refused | None:
    holder = {"name": row.holder.name, "number": row.holder.number, "birth": row.holder.birth}
    body: dict[str, object] = {
        "service": row.service,
        "day": row.day,
        "start": row.start,
        "holder": holder,
    }
    no = _put(client, row, body)
    for attempt in range(TRIES - 1):
        if no.get("kind") != "retry":
            break
        time.sleep(0.2 * 2**attempt)
        no = _put(client, row, body)
    if not no:
        return None
    return Refused(row, no.get("code", ""), no.get("zh", ""), no.get("en", ""))


def _put(client: httpx.Client, row: Row, body: dict[str, object]) -> dict[str, str]:
    """The refusal of one request; empty where the row is booked."""
    try:
        answer = client.put(f"/api/v1/appointments/{quote(row.serial, safe='')}", json=body)
        said = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise HallError(
            "no_answer",
            f"服务器没有应答（{row.line}）：{error}；已导入的不受影响，可重新导入",
            f"the server did not answer (at {row.line}): {error}; what was imported stays, "
            "import the file again",
        ) from error
    if answer.status_code == 200:
        return {}
    refused: dict[str, str] = said.get("rejected") or {"code": str(answer.status_code)}
    return refused


def run_import(path: Path, address: str, token: str) -> int:
    """Import a file and say what became of it; 0 where every row is booked now, else 1."""
    rows = read_rows(path)
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=address, headers=headers, timeout=30, trust_env=False) as client:
        refused = send_rows(client, rows)
    for no in refused:
        print(f"{no.row.line}  {no.row.serial}  [{no.code}] {no.zh} / {no.en}", file=sys.stderr)
    print(
        f"已预约 {len(rows) - len(refused)}，未接受 {len(refused)} / "
        f"{len(rows) - len(refused)} booked, {len(refused)} refused"
    )
    return 1 if refused else 0


def _bad(mistakes: list[str]) -> ImportFileError:
    shown = "\n  ".join(mistakes[:50])
    return ImportFileError(
        "bad_import",
        f"文件有误，未导入：\n  {shown}",
        "the file has mistakes; nothing was imported",
    )
