"""Hostile documents cost little: steps and bytes are counted, not seconds."""

import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType

import pytest

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.checking.check import check
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.settings import Limits
from mirabelle.vxml_interpreter.vocabulary import scan

VOCABULARY = scan()
ENGINE = Js2pyEngine()
LIMITS = Limits()
NS = 'version="2.0" xmlns="http://www.w3.org/2001/vxml"'
MEGABYTE = 1_000_000


def vxml(content: str, attributes: str = "") -> bytes:
    return f"<vxml {NS} {attributes}>{content}</vxml>".encode()


def block(content: str, attributes: str = "") -> bytes:
    return vxml(f"<form><block>{content}</block></form>", attributes)


def load(body: bytes) -> None:
    with suppress(DocumentFault):
        Documents(VOCABULARY).load(body, "text/xml")


def look(body: bytes) -> None:
    check(body, "text/xml", Documents(VOCABULARY), ENGINE.check)


def steps(work: Callable[[bytes], None], body: bytes) -> int:
    """How many functions are called."""
    count = 0

    def called(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work(body)
    finally:
        sys.setprofile(before)
    return count


def peak(body: bytes) -> int:
    """The most memory that Python's objects take while it is loaded: bytes."""
    tracemalloc.start()
    try:
        load(body)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


NEVER_PARSED = {
    "50 MB of nothing": b" " * 50_000_000,
    "50 MB of elements": b"<a>" * 16_000_000,
    "50 MB of entities": b'<!DOCTYPE a [<!ENTITY a "b">]>' + b"&a;" * 16_000_000,
}
# Refused by what can be counted while they are read: the rest is never looked at.
CUT_SHORT = {
    "a million nested elements": b"<a>" * 330_000,
    "elements nested a little too deep": vxml("<form><block>" + "<if cond='a'>" * 200),
    "an element of many attributes": vxml("", " ".join(f'a{n}=""' for n in range(80_000))),
    "more elements than may be": block("<exit/>" * 140_000),
    "billion laughs": b'<!DOCTYPE vxml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><vxml>&b;</vxml>',
    "quadratic blow-up": b'<!DOCTYPE vxml [<!ENTITY a "' + b"x" * 400_000 + b'">]><vxml>' + b"&a;" * 150_000,
    "external entity": b'<!DOCTYPE vxml [<!ENTITY a SYSTEM "file:///etc/passwd">]><vxml>&a;</vxml>',
    "parameter entity": b'<!DOCTYPE vxml [<!ENTITY % a SYSTEM "http://127.0.0.1/"> %a;]><vxml/>',
}
# Within the limits: they are compiled, or found faulty, in one pass.
PASSED_ONCE: dict[str, Callable[[int], bytes]] = {
    "forms": lambda n: vxml("".join(f'<form id="a{number}"/>' for number in range(n))),
    "items": lambda n: vxml("<form>" + "".join(f'<block name="a{number}"/>' for number in range(n)) + "</form>"),
    "prompts": lambda n: block("a<value expr='1'/>" * n),
    "gotos": lambda n: block('<goto next="#nowhere"/>' * n),
    "next items": lambda n: block('<goto nextitem="nowhere"/>' * n),
    "unknown elements": lambda n: block("<blink/>" * n),
    "vendors' attributes": lambda n: block('<log colour="1"/>' * n),
    "leftovers": lambda n: block("<prompt>" + "<sayas sub='a'>b</sayas><emp>c</emp>" * (n // 2) + "</prompt>"),
    "handlers": lambda n: vxml('<catch event="error.* a b"/>' * n),
    "properties": lambda n: vxml('<property name="timeout" value="x"/>' * n),
    "options": lambda n: vxml("<form><field name='a'>" + "<option>x</option>" * n + "</field></form>"),
    "grammars": lambda n: vxml("<form>" + "<grammar><rule id='a'>b</rule></grammar>" * n + "</form>"),
    "entities": lambda n: b"<!DOCTYPE vxml SYSTEM 'x'>" + block("&a;" * n),
    "instructions": lambda n: block("<?a b?>" * n),
    "comments": lambda n: block("<!---->" * n),
    "names": lambda n: vxml(f'<form><filled namelist="{"a " * n}"/></form>'),
}


@pytest.mark.parametrize("name", NEVER_PARSED)
def test_what_is_too_large_is_not_parsed(name: str) -> None:
    assert steps(load, NEVER_PARSED[name]) < 200


@pytest.mark.parametrize("name", CUT_SHORT)
def test_what_is_refused_while_it_is_read_is_read_no_further(name: str) -> None:
    assert steps(load, CUT_SHORT[name]) < 15 * LIMITS.elements
    assert peak(CUT_SHORT[name]) < 40 * MEGABYTE


@pytest.mark.parametrize("name", PASSED_ONCE)
@pytest.mark.parametrize("work", [load, look], ids=["load", "check"])
def test_work_grows_with_the_document_and_no_faster(work: Callable[[bytes], None], name: str) -> None:
    make = PASSED_ONCE[name]
    work(make(2))
    once, twice = (steps(work, make(count)) for count in (400, 800))
    assert twice < 2.3 * once


@pytest.mark.parametrize(
    "body",
    [
        vxml("<form>" + "<grammar><a/></grammar>" * 5_000 + "</form>", f'xmlns:a="{"x" * 400_000}"'),
        block("<prompt xml:base='b'>a</prompt>" * 5_000, f'xml:base="/{"x" * 400_000}/"'),
        block("<prompt xml:base='b/'>" * 60 + "a" + "</prompt>" * 60),
        vxml(f'<catch event="{"a " * 450_000}"/>'),
        block("a" * 900_000),
        vxml("".join(f'<blink colour="{"x" * 4_000}"/>' for _ in range(220))),
    ],
    ids=["namespace", "base", "bases", "events", "text", "faults"],
)
def test_what_stands_far_out_is_not_multiplied(body: bytes) -> None:
    assert peak(body) < 40 * MEGABYTE


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """An address, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the name is the library's
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/", asked
    running.shutdown()
    running.server_close()
    thread.join()


def test_nothing_else_is_ever_fetched(server: tuple[str, list[str]]) -> None:
    url, asked = server
    schema = f'xsi:schemaLocation="urn:a {url}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    for body in (
        f'<!DOCTYPE vxml PUBLIC "-//W3C//DTD VOICEXML 2.0//EN" "{url}">'.encode() + block("&a;"),
        f'<!DOCTYPE vxml [<!ENTITY a SYSTEM "{url}">]>'.encode() + block("&a;"),
        f'<!DOCTYPE vxml [<!ENTITY % a SYSTEM "{url}"> %a;]>'.encode() + block("a"),
        vxml(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{url}"/>'),
        f'<?xml-stylesheet href="{url}"?>'.encode() + block("a"),
        vxml("<form/>", schema),
        vxml("<form/>", f'xml:base="{url}"'),
    ):
        load(body)
        look(body)
    assert asked == []


def test_an_entity_of_a_file_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "a.dtd").write_text('<!ENTITY a "b">')
    body = f'<!DOCTYPE vxml SYSTEM "{(tmp_path / "a.dtd").as_uri()}">'.encode() + block("&a;")
    with pytest.raises(DocumentFault, match="the entity &a; is not known"):
        Documents(VOCABULARY).load(body, "text/xml")
