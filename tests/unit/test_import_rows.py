"""Files of appointments as they come out of portals and spreadsheets."""

import json
from pathlib import Path

import pytest

from queue_server.appointments_file import ImportFileError, read_rows

HEAD = "流水号,业务,日期,时间,姓名,证件号码,出生日期\r\n"


@pytest.mark.parametrize(
    ("day", "start"),
    [
        ("2026-03-03", "09:00"),
        ("2026/3/3", "9:00"),
        ("2026年3月3日", "9：00"),
        ("20260303", "09:00:00"),
        ("2026/3/3 0:00:00", "9:00:00"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_dates_and_times_of_spreadsheets(
    tmp_path: Path, day: str, start: str, encoding: str
) -> None:
    table = tmp_path / "morning.csv"
    table.write_bytes((HEAD + f"YY-1,tax,{day},{start},王芳,n1,1950/1/2\r\n").encode(encoding))
    [row] = read_rows(table)
    assert (row.day, row.start, row.holder.birth) == ("2026-03-03", "09:00", "1950-01-02")
    assert (row.serial, row.holder.name, row.line) == ("YY-1", "王芳", 2)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    table = tmp_path / "morning.csv"
    table.write_text(
        HEAD
        + "YY-1,tax,2026-03-03,09:00,王芳,1.10101E+17,\r\n"
        + "YY-2,tax,,09:00,李强,n2,\r\n"
        + "YY-3,tax,2026-03-03,09:00,赵敏,n3,\r\n"
        + "YY-3,tax,2026-03-03,10:00,赵敏,n3,\r\n",
        "utf-8",
    )
    with pytest.raises(ImportFileError) as error:
        read_rows(table)
    for told in ("2: 证件号码已被表格软件改写", "3: 缺少 / missing: day", "5: 流水号重复"):
        assert told in error.value.zh


def test_what_is_no_date_is_left_for_the_hall_to_refuse(tmp_path: Path) -> None:
    listed = tmp_path / "morning.json"
    row = {"serial": "YY-1", "service": "tax", "day": "morgen", "start": "früh", "name": "王芳"}
    listed.write_text(json.dumps([row | {"number": 110101199003074258}]))
    [found] = read_rows(listed)
    assert (found.day, found.start, found.holder.number) == (
        "morgen",
        "früh",
        "110101199003074258",
    )
    for text in ('{"a": 1}', "[1, 2", "[[]]"):
        listed.write_text(text)
        with pytest.raises(ImportFileError):
            read_rows(listed)
