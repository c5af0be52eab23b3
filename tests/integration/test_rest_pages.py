"""The web pages over HTTP: files, the citizen's page, and what is vendored."""

import ast
import hashlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

import devices
from devices.printer.protocol import PaperState
from queue_server.gateway.pages import push_address
from tests.integration.rest_desk import TICKET, WEB_ROOT, PlainDesk, application, served
from ui.pauses import USUAL


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with (
        served(application(PlainDesk())) as address,
        httpx.AsyncClient(base_url=address) as one,
    ):
        yield one


async def test_the_root_leads_to_the_managers_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/", follow_redirects=True)
    assert (answer.status_code, answer.url.path) == (200, "/manager/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


async def test_all_that_the_pages_name_is_there(client: httpx.AsyncClient) -> None:
    """Every import, link and script, followed from both pages."""
    todo, seen = ["/manager/", f"/t/{TICKET}", "/t/unknown"], set()
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = await client.get(path)
        assert answer.status_code == (404 if path == "/t/unknown" else 200), path
        if path.startswith("/vendor/"):
            assert "immutable" in answer.headers["cache-control"]
            continue
        named = re.findall(r'(?:src|href|from|import)[= ]"([^"]+)"', answer.text)
        assert not [name for name in named if "//" in name], "nothing from elsewhere"
        todo += [str(httpx.URL(f"http://x{path}").join(name).path) for name in named]
    assert len([path for path in seen if path.endswith(".js")]) > 10


async def test_a_page_unchanged_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/manager/main.js")
    again = await client.get("/manager/main.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/manager/../../queue_server/gateway/http.py",
        "/manager/%2e%2e/%2e%2e/pyproject.toml",
        "/manager/..%2f..%2fpyproject.toml",
        "/manager//etc/passwd",
        "/vendor/../manager/%00",
        "/ticket/%5c..%5cnone.html",
        "/manager/CHECKSUMS",
        "/vendor/CHECKSUMS",
    ],
)
async def test_no_other_file_comes_out(client: httpx.AsyncClient, path: str) -> None:
    request = client.build_request("GET", "/")
    request.url = httpx.URL(str(client.base_url)).copy_with(raw_path=path.encode())
    answer = await client.send(request)
    assert answer.status_code == 404
    assert answer.json()["rejected"]["code"] == "not_found"


async def test_the_push_address_is_the_one_the_browser_can_reach(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/manager/config.json", headers={"Host": "hall.example:8080"})
    assert answer.json() == {"push": "ws://hall.example:9999", "version": "9.9.9"}
    policy = answer.headers["content-security-policy"]
    assert "connect-src 'self' ws://hall.example:9999;" in policy


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("10.0.0.5", "ws://10.0.0.5:1"),
        ("[fd00::1]:8080", "ws://[fd00::1]:1"),
        ("evil; script-src *", "ws://localhost:1"),
        ("a b", "ws://localhost:1"),
        ("", "ws://localhost:1"),
    ],
)
def test_a_strange_host_header_reaches_no_policy(host: str, address: str) -> None:
    assert push_address("ws://{host}:1", host) == address
    assert push_address("wss://hall.example", host) == "wss://hall.example"


async def test_a_citizen_follows_a_ticket_by_its_id(client: httpx.AsyncClient) -> None:
    page = await client.get(f"/t/{TICKET}")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    progress = (await client.get(f"/t/{TICKET}/progress")).json()
    assert (progress["number"], progress["ahead"], progress["state"]) == ("A001", 3, "waiting")
    assert progress["service"] == {"zh": "户籍业务", "en": "Household register"}


@pytest.mark.parametrize("guess", ["A001", "unknown", "x" * 5000, "%00", "%e2%80%ae"])
async def test_what_can_be_guessed_opens_no_ticket(client: httpx.AsyncClient, guess: str) -> None:
    page = await client.get(f"/t/{guess}")
    assert page.status_code == 404
    assert "查不到" in page.text
    assert "no such ticket" in page.text
    progress = await client.get(f"/t/{guess}/progress")
    assert (progress.status_code, progress.json()["rejected"]["code"]) == (404, "unknown_ticket")


def test_the_page_knows_the_usual_words_of_a_pause() -> None:
    texts = (WEB_ROOT / "manager" / "texts.js").read_text("utf-8")
    for usual in USUAL:
        assert f'["{usual.zh}", "{usual.en}"]' in texts


def told_facts() -> set[str]:
    """The names of what devices tell of themselves, as their sources have them."""
    found = set()
    for source in Path(devices.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            names = [node.arg] if isinstance(node, ast.keyword) else []
            if isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = [getattr(t, "attr", getattr(t, "id", "")) for t in targets]
            if "facts" in names and node.value is not None:  # type: ignore[attr-defined]
                pairs = [p for p in ast.walk(node.value) if isinstance(p, ast.Tuple)]  # type: ignore[attr-defined]
                firsts = [p.elts[0] for p in pairs if len(p.elts) == 2]
                found |= {str(f.value) for f in firsts if isinstance(f, ast.Constant)}
    return found


def test_the_page_has_words_for_all_that_devices_tell_of_themselves() -> None:
    texts = (WEB_ROOT / "manager" / "texts.js").read_text("utf-8")
    told = told_facts() - {"devices"}  # a probe's alone
    assert {"paper", "sam", "heard", "clips"} <= told
    assert [name for name in told if f'"fact.{name}": [' not in texts] == []
    assert [state for state in PaperState if f'"paper {state}": [' not in texts] == []


def test_vendored_files_are_what_was_published() -> None:
    folder = WEB_ROOT / "vendor"
    lines = [line.split() for line in (folder / "CHECKSUMS").read_text().splitlines()[1:]]
    assert {name for _, name, _, _ in lines} == {path.name for path in folder.glob("*.js")}
    licences = (folder / "LICENCES.txt").read_text()
    notice = (WEB_ROOT.parents[1] / "NOTICE").read_text()
    for digest, name, version, licence in lines:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
        assert version in name
        assert f"== {name}" in licences
        assert re.search(rf"{re.escape(version)}\s+{re.escape(licence)}", notice)
