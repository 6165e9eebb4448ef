from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.clock import SystemClock
from mirabelle.core.fetching.cache import CacheOptions, HttpCache
from mirabelle.core.rehearsal.sources import Answering, Mapped, OneFile, Sources, read_below
from mirabelle.core.talking.resources import MAX_BYTES
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import FetchRequest, Purpose


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    served = tmp_path / "served"
    (served / "below").mkdir(parents=True)
    (served / "start.vxml").write_bytes(b"start")
    (served / "order").write_bytes(b"any order")
    (served / "order?drink=tea & milk.vxml").write_bytes(b"tea")
    (served / "below" / "a.js").write_bytes(b"script")
    (served / "moved.vxml.http").write_bytes(b"HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nX-A: b\r\n\r\nlater")
    (served / "bad.http").write_bytes(b"what is this?\n\nbody")
    (tmp_path / "secret").write_bytes(b"secret")
    (served / "link").symlink_to(tmp_path / "secret")
    return served


def get(url: str, *fields: tuple[str, str], method: str = "get") -> FetchRequest:
    return FetchRequest(url, method=method, fields=fields)


async def web(request: FetchRequest) -> Fetched:
    return Fetched(request.url, 200, {}, b"from the web")


def body(reply: Fetched | FetchFailed | None) -> tuple[int, bytes] | None:
    assert not isinstance(reply, FetchFailed)
    return None if reply is None else (reply.status, reply.body)


MISSING = (404, b"there is no such file")


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (get("http://app/start.vxml"), (200, b"start")),
        (get("http://app/start"), (200, b"start")),
        (get("http://app/start.vxml?x=1"), (200, b"start")),
        (get("http://app/order?drink=tea+%26+milk"), (200, b"any order")),
        (get("http://app/order", ("drink", "tea & milk")), (200, b"any order")),
        (get("http://app/order?drink=tea%20%26%20milk"), (200, b"tea")),
        (get("http://app/order", ("drink", "coffee")), (200, b"any order")),
        (get("http://app/order", ("drink", "coffee"), method="post"), (200, b"any order")),
        (get("http://app/below/a.js"), (200, b"script")),
        (get("http://app/below"), MISSING),
        (get("http://app/gone.vxml"), MISSING),
        (get("http://app/../secret"), MISSING),
        (get("http://app/%2e%2e/secret"), MISSING),
        (get("http://app/..%2fsecret"), MISSING),
        (get("http://app//../secret"), MISSING),
        (get("http://app/link"), MISSING),
        (get("http://app/a%00b"), MISSING),
        (get("http://app/moved.vxml"), (503, b"later")),
        (get("http://other/start.vxml"), None),
        (get("http://application/start.vxml"), None),
    ],
)
def test_a_folder_answers_for_urls(folder: Path, request_: FetchRequest, answer: tuple[int, bytes] | None) -> None:
    assert body(Mapped("http://app/", folder).answer(request_)) == answer


def test_a_prefix_ends_at_a_border(folder: Path) -> None:
    mapped = Mapped("http://app/x", folder)
    assert body(mapped.answer(get("http://app/x/start.vxml"))) == (200, b"start")
    assert mapped.answer(get("http://app/xy/start.vxml")) is None


def test_a_file_may_tell_status_and_headers(folder: Path) -> None:
    reply = Mapped("http://app/", folder).answer(get("http://app/moved.vxml"))
    assert reply is not None
    assert reply.headers == {"retry-after": "3", "x-a": "b"}


def test_a_file_without_a_status_line_is_the_servers_fault(folder: Path) -> None:
    assert body(Mapped("http://app/", folder).answer(get("http://app/bad"))) == (500, b"bad.http: no status line")


def test_the_name_tells_the_type(folder: Path) -> None:
    reply = Mapped("http://app/", folder).answer(get("http://app/start.vxml?x=1"))
    assert reply is not None
    assert reply.headers == {"content-type": "application/voicexml+xml"}
    assert reply.url == "http://app/start.vxml?x=1"


@given(name=st.lists(st.sampled_from(["..", ".", "below", "secret", "a.js", "/", "\\", "\0", "~"])).map("/".join))
def test_nothing_outside_of_the_folder_can_be_read(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    root = tmp_path_factory.getbasetemp() / "escape"
    (root / "served" / "below").mkdir(parents=True, exist_ok=True)
    (root / "secret").write_bytes(b"secret")
    found = read_below(root / "served", name)
    assert found is None or found[1] != b"secret"


async def test_the_longest_prefix_answers(folder: Path) -> None:
    answers: list[Answering] = [Mapped("http://app/", folder), OneFile("http://app/one", folder / "below" / "a.js")]
    sources = Sources(answers, web)
    assert body(await sources(get("http://app/one?x=1"))) == (200, b"script")
    assert body(await sources(get("http://app/start.vxml"))) == (200, b"start")
    assert body(await sources(get("http://elsewhere/"))) == (200, b"from the web")


async def test_files_are_read(folder: Path) -> None:
    sources = Sources([], web)
    assert body(await sources(get((folder / "start.vxml").as_uri()))) == (200, b"start")
    assert body(await sources(get((folder / "order?drink=tea & milk.vxml").as_uri()))) == (200, b"tea")
    assert body(await sources(get((folder / "none.vxml").as_uri()))) == MISSING
    assert isinstance(await sources(get(folder.as_uri())), FetchFailed)


async def test_what_came_from_elsewhere_cannot_read_files(folder: Path) -> None:
    sources = Sources([], web)
    await sources(get("http://elsewhere/doc"))
    reply = await sources(get((folder.parent / "secret").as_uri()))
    assert isinstance(reply, FetchFailed)
    assert "http://elsewhere/doc" in reply.message
    assert sources.sound((folder.parent / "secret").as_uri()) is None


async def test_nor_can_what_stands_for_it(folder: Path) -> None:
    sources = Sources([Mapped("http://app/", folder)], web)
    await sources(get("http://app/start.vxml"))
    assert isinstance(await sources(get((folder.parent / "secret").as_uri())), FetchFailed)


async def test_a_script_from_elsewhere_does_not_close_files(folder: Path) -> None:
    sources = Sources([], web)
    await sources(FetchRequest("http://elsewhere/lib.js", Purpose.SCRIPT))
    assert body(await sources(get((folder / "start.vxml").as_uri()))) == (200, b"start")


async def test_an_endless_file_is_no_answer(tmp_path: Path) -> None:
    with (tmp_path / "big.vxml").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert isinstance(await Sources([], web)(get((tmp_path / "big.vxml").as_uri())), FetchFailed)


def test_sound_is_looked_for_where_it_can_be_had(folder: Path) -> None:
    sources = Sources([Mapped("http://app/", folder)], web)
    assert sources.sound("http://app/start.vxml") == b"start"
    assert sources.sound("http://app/none.wav") is None
    assert sources.sound("http://elsewhere/a.wav") == b""


@pytest.mark.parametrize(("cache_control", "cached"), [("max-age=60", True), ("no-store", False)])
async def test_files_are_kept_as_a_servers_answers_would_be(folder: Path, cache_control: str, cached: bool) -> None:
    (folder / "kept.http").write_text(f"200 OK\nCache-Control: {cache_control}\n\nhello")
    sources = Sources([Mapped("http://app/", folder)], web, HttpCache(CacheOptions(), SystemClock()))
    first, second = [await sources(get("http://app/kept")) for _ in range(2)]
    assert body(first) == body(second) == (200, b"hello")
    assert isinstance(first, Fetched)
    assert isinstance(second, Fetched)
    assert (first.cached, second.cached) == (False, cached)


@pytest.mark.parametrize(
    ("takes", "timeout", "took", "message"),
    [
        ("3s", None, 3, ""),
        ("3s", 3, 3, ""),
        ("3s", 2, 2, "http://app/slow gave no whole answer within 2 s"),
        ("soon", None, 0, 'x-takes: "soon" is not a time: write a number with its unit, as in "3s" or "850ms"'),
    ],
)
def test_files_take_the_time_that_they_say(
    folder: Path, takes: str, timeout: float | None, took: float, message: str
) -> None:
    (folder / "slow.http").write_text(f"200 OK\nX-Takes: {takes}\n\nhello")

    async def main(clock: VirtualClock) -> tuple[Fetched | FetchFailed, float]:
        sources = Sources([Mapped("http://app/", folder)], web, HttpCache(CacheOptions(), clock), clock)
        return await sources(FetchRequest("http://app/slow", timeout=timeout)), clock.monotonic()

    reply, passed = virtual_time.run(main)
    assert (reply.message if isinstance(reply, FetchFailed) else "", passed) == (message, took)
