"""What managers look up over REST, against a real server process."""

import datetime as dt
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.live_hall import LiveHall

DAY = "2026-03-02"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[LiveHall]:
    with LiveHall(tmp_path) as one:
        one.start()
        yield one


@pytest.fixture
def manager(hall: LiveHall) -> str:
    return hall.new_token("manager", "值班长")


class Asking:
    """REST as one program."""

    def __init__(self, hall: LiveHall, token: str) -> None:
        self.hall, self.headers = hall, {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> Any:
        answer = self.hall.client.get(f"/api/v1/{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **body: Any) -> httpx.Response:
        return self.hall.client.post(f"/api/v1/{path}", json=body, headers=self.headers)


def test_only_managers_may_look(hall: LiveHall) -> None:
    other = Asking(hall, hall.token)
    for path in ("rules", "rules/trial", "calendar", "agenda", "waits/hours", "changes"):
        answer = hall.client.get(f"/api/v1/{path}", headers=other.headers)
        assert answer.status_code == 403
    assert other.post("rules/check", toml="").status_code == 403
    assert other.post("agenda/find", text="1").status_code == 403


def test_rules_are_read_checked_and_put_in_force(hall: LiveHall, manager: str) -> None:
    ask = Asking(hall, manager)
    rules = ask.get("rules")
    assert [one["id"] for one in rules["profiles"]] == ["p1", "p2", "p3", "p4"]
    first = rules["profiles"][0]
    assert first["counters"][0]["number"] == 1
    assert first["words"][-1]["zh"] == "其余：级别高的先叫，同级先到先办"

    same = ask.post("rules/check", toml=first["toml"], profile="p1").json()
    assert same["is_same"]
    assert same["mistakes"] == []
    for ready in rules["ready"]:
        text = f"{first['toml']}\n{ready['conditions']}"
        assert ask.post("rules/check", toml=text, profile="p1").json()["profile"] is not None

    wrong = first["toml"] + '\n[[conditions]]\ntype = "aging"\nminutes_per_class = 0\n'
    found = ask.post("rules/check", toml=wrong, profile="p1").json()
    lines = wrong.splitlines()
    assert [lines[one["line"] - 1] for one in found["mistakes"]] == ["minutes_per_class = 0"]
    assert found["profile"] is None
    broken = ask.post("rules/check", toml=wrong + "= 3", profile="p1").json()
    assert broken["mistakes"][0]["line"] == len(lines) + 1
    moved = ask.post("rules/check", toml=first["toml"].replace("p1", "p9"), profile="p1").json()
    assert moved["mistakes"][0]["line"] == 1

    right = wrong.replace("= 0", "= 10")
    checked = ask.post("rules/check", toml=right, profile="p1").json()
    assert [one["mark"] for one in checked["changes"]] == ["same", "same", "new", "same"]
    hall.do(manager, type="define_profile", profile=checked["profile"])
    assert ask.post("rules/check", toml=right, profile="p1").json()["is_same"]
    assert "候时升级" in str(ask.get("rules")["profiles"][0]["words"])
    change = ask.get("changes")["changes"][0]
    assert (change["type"], change["who"], change["about"]) == ("profile_defined", "值班长", "p1")


def a_day(hall: LiveHall, manager: str) -> None:
    """Two tickets served at the fourth counter, and one that waits on."""
    hall.do(manager, type="open_day", day=DAY)
    for _ in range(3):
        hall.do(type="issue_ticket", service="s1")
    hall.do(type="sign_in", counter="c4", staff="m4")
    for _ in range(2):
        hall.do(type="call_next", counter="c4")
        hall.do(type="end_service", counter="c4")


def test_rules_are_tried_on_a_day_that_was(hall: LiveHall, manager: str) -> None:
    ask = Asking(hall, manager)
    assert ask.get("rules/trial")["state"] == "none"
    a_day(hall, manager)
    rules = ask.get("rules")
    assert rules["days"] == [DAY]
    text = rules["profiles"][3]["toml"] + "\n" + rules["ready"][1]["conditions"]

    begun = ask.post("rules/trial", toml=text, profile="p4", day=DAY)
    assert begun.json()["state"] == "running"
    busy = ask.post("rules/trial", toml=text, profile="p4", day=DAY)
    assert busy.json()["rejected"]["code"] == "trial_busy"
    done = until_ended(ask)
    assert (done["state"], done["visits"], done["who"]) == ("done", 3, "值班长")
    assert [column["rules"]["zh"] for column in done["columns"]] == [
        "当日实际",
        "当日规则",
        "新规则",
    ]
    assert {column["classes"][0]["tickets"] for column in done["columns"]} == {3}
    assert done["notes"] == []
    checked = ask.post("rules/check", toml=text, profile="p4").json()
    hall.do(manager, type="define_profile", profile=checked["profile"])
    ask.post("rules/trial", toml=text, profile="p4", day=DAY)
    assert "综合" in until_ended(ask)["notes"][0]["zh"]

    assert ask.post("rules/trial", toml=text, profile="p4", day="2020-01-01").status_code == 200
    failed = until_ended(ask)
    assert failed["state"] == "failed"
    assert "2020-01-01" in failed["en"]
    refused = ask.post("rules/trial", toml="id = 3", profile="p4", day=DAY)
    assert refused.json()["rejected"]["code"] == "bad_profile"

    ask.post("rules/trial", toml=text, profile="p4", day=DAY)
    stopped = hall.client.delete("/api/v1/rules/trial", headers=ask.headers).json()
    assert stopped["state"] in {"stopped", "done"}


def until_ended(ask: Asking) -> dict[str, Any]:
    for _ in range(600):
        found = ask.get("rules/trial")
        if found["state"] != "running":
            return dict(found)
        time.sleep(0.1)
    raise AssertionError("the trial does not end")


def test_who_has_seen_an_alert_is_known_until_the_next_day(hall: LiveHall, manager: str) -> None:
    ask = Asking(hall, manager)
    alert = "p/printer/80 mm/1"
    hall.do(manager, type="acknowledge_alert", alert=alert)
    first = ask.get("alerts")["acknowledged"]
    assert [one["alert"] for one in first] == [alert]
    other = hall.new_token("manager", "副班长")
    hall.do(other, type="acknowledge_alert", alert=alert)
    assert ask.get("alerts")["acknowledged"] == first, "who saw it first stays on record"
    change = ask.get("changes")["changes"][0]
    assert (change["who"], change["about"]) == ("值班长", "printer 80 mm")
    for wrong in ("", " ", "x" * 201, "a\nb"):
        do = {"type": "acknowledge_alert", "alert": wrong}
        refused = ask.post("commands", id=str(uuid.uuid4()), do=do).json()
        assert refused["rejected"]["code"] == "bad_alert"
    hall.do(manager, type="open_day", day=DAY)
    assert ask.get("alerts").get("acknowledged", []) == []
    hall.do(manager, type="acknowledge_alert", alert=alert)
    before = ask.get("alerts")
    hall.kill()
    hall.start()
    assert ask.get("alerts") == before


def test_a_month_says_who_says_what(hall: LiveHall, manager: str) -> None:
    ask = Asking(hall, manager)

    def day(date: str) -> dict[str, Any]:
        days = ask.get(f"calendar?month={date[:7]}")["days"]
        return dict(next(one for one in days if one["day"] == date))

    assert len(ask.get("calendar?month=2026-02")["days"]) == 28
    spring = day("2026-02-17")
    assert (spring["keeps"], spring["works"], spring["base"]) == ("holiday", False, "holiday")
    assert spring["occasion"] == {"zh": "春节", "en": "Spring Festival"}
    make_up = day("2026-02-14")
    assert (make_up["keeps"], make_up["works"], make_up["base"]) == ("mon", True, "work")
    assert make_up["own"] is None

    own = {"day": "2026-02-18", "kind": "work", "like": "fri", "name": {"zh": "值班", "en": "Duty"}}
    hall.do(manager, type="define_calendar_day", day=own)
    assert day("2026-02-18")["keeps"] == "fri"
    assert day("2026-02-18")["own"] == own
    hall.do(manager, type="define_calendar_day", day={"day": "2026-02-18", "kind": "default"})
    assert day("2026-02-18")["own"] is None
    for wrong in ("2026-13", "x", "9999-12", "2026-1"):
        answer = hall.client.get(f"/api/v1/calendar?month={wrong}", headers=ask.headers)
        assert answer.json()["rejected"]["code"] == "bad_day"


def test_appointments_by_band_and_found_again(hall: LiveHall, manager: str) -> None:
    ask = Asking(hall, manager)
    every = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
    bands = [{"start": "09:00", "end": "10:00", "days": every, "tickets": 2}]
    name = {"zh": "户籍预约", "en": "Household"}
    plan = {"id": "b1", "name": name, "services": ["s1"], "bands": bands}
    hall.do(manager, type="define_booking_plan", plan=plan)
    empty = ask.get("agenda")
    first = empty["first"]
    person = {"name": "张三", "number": "110101199003074258", "birth": "1990-03-07"}
    booked = hall.do(
        type="book_appointment", serial="YY-1", service="s1", day=first, start="09:00",
        holder=person,
    )["appointment"]  # fmt: skip

    agenda = ask.get(f"agenda?day={first}")
    counts = agenda["plans"][0]["bands"][0]["counts"]
    assert (counts["quota"], counts["booked"], counts["kept"]) == (2, 1, 0)
    assert {"day": first, "counts": counts} in agenda["days"]
    assert agenda["appointments"][0]["holder"] == "张*"
    for text in ("yy-1", booked["code"], person["number"].lower()):
        found = ask.post("agenda/find", text=text).json()
        assert [one["serial"] for one in found["appointments"]] == ["YY-1"], text
    assert ask.post("agenda/find", text="nobody").json()["appointments"] == []

    hall.do(manager, type="cancel_appointment", serial="YY-1", reason="来电取消")
    counts = ask.get(f"agenda?day={first}")["plans"][0]["bands"][0]["counts"]
    assert (counts["booked"], counts["cancelled"]) == (0, 1)

    again = {"service": "s1", "day": first, "start": "09:00", "holder": person}
    hall.do(type="book_appointment", serial="YY-2", **again)
    hall.do(manager, type="open_day", day=first)
    hall.do(manager, type="close_day")
    gone = ask.get(f"agenda?day={first}")
    assert [(one["serial"], one["state"]) for one in gone["appointments"]] == [
        ("YY-1", "cancelled"),
        ("YY-2", "missed"),
    ]
    assert gone["plans"][0]["bands"][0]["counts"]["missed"] == 1
    assert gone["total"] == 2
    following = (dt.date.fromisoformat(first) + dt.timedelta(days=1)).isoformat()
    hall.do(manager, type="open_day", day=following)
    old = ask.post("agenda/find", text="YY-2").json()["appointments"]
    assert [(one["serial"], one["state"]) for one in old] == [("YY-2", "missed")]


def test_waits_of_a_day_by_hour(hall: LiveHall, manager: str) -> None:
    ask = Asking(hall, manager)
    assert ask.get("waits/hours")["hours"] == []
    a_day(hall, manager)
    found = ask.get(f"waits/hours?day={DAY}")
    assert found["days"] == [DAY]
    assert found["report"]["day"] == DAY
    assert sum(one["told"] for one in found["hours"]) == found["report"]["told"]
