"""The push channel's allow-list of pages, and the bucket of requests."""

import pytest

from queue_server.gateway.bucket import Bucket
from queue_server.gateway.origins import Origins

OWN = Origins(["http://hall.example:8701", "https://portal.example/"], 8701, secure=False)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (None, "anything"),  # a program, not a page
        ("http://hall.example:8701", "hall.example:8700"),
        ("https://portal.example", "10.0.0.5:8700"),
        ("http://10.0.0.5:8701", "10.0.0.5:8700"),
        ("http://127.0.0.1:8701", "127.0.0.1:8700"),
        ("http://[fd00::5]:8701", "[fd00::5]:8700"),
    ],
)
def test_own_pages_may(origin: str | None, host: str) -> None:
    assert OWN.allow(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.example", "10.0.0.5:8700"),
        ("http://evil.example:8701", "evil.example:8700"),  # a name made to lead here
        ("http://10.0.0.6:8701", "10.0.0.5:8700"),
        ("http://10.0.0.5:9999", "10.0.0.5:8700"),
        ("https://10.0.0.5:8701", "10.0.0.5:8700"),
        ("http://10.0.0.5:8701", None),
        ("http://10.0.0.5:99999", "10.0.0.5:8700"),
        ("null", "10.0.0.5:8700"),
        ("", "10.0.0.5:8700"),
        ("http://[", "["),
    ],
)
def test_foreign_pages_may_not(origin: str, host: str | None) -> None:
    assert not OWN.allow(origin, host)


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = Bucket(3, 0.0001)
    assert [bucket.take() for _ in range(5)] == [True, True, True, False, False]
    fast = Bucket(1, 1e9)
    assert all(fast.take() for _ in range(100))
