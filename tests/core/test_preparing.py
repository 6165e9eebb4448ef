import threading
from typing import Any

import pytest

from mirabelle.core.preparing import LARGE, Preparing
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import FetchRequest, Purpose
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.dom.reading import read
from mirabelle.vxml_interpreter.faults import DocumentFault

FORM = '<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form><block>{}</block></form></vxml>'
GOOD = FORM.format("x" * LARGE).encode()
BAD = FORM.format(f"{'x' * LARGE}<fly/>").encode()


class Watched(Documents):
    def __init__(self) -> None:
        super().__init__()
        self.threads: list[threading.Thread] = []

    def _compile(self, *arguments: Any) -> Any:
        self.threads.append(threading.current_thread())
        return super()._compile(*arguments)


async def fetched(documents: Documents, body: bytes, purpose: Purpose = Purpose.DOCUMENT) -> Fetched | FetchFailed:
    async def fetch(request: FetchRequest) -> Fetched | FetchFailed:
        return Fetched(request.url, 200, {"content-type": "text/xml"}, body)

    return await Preparing(documents).behind(fetch)(FetchRequest("http://app/", purpose))


async def test_a_large_document_is_compiled_once_and_not_in_the_thread_of_the_loop() -> None:
    documents = Watched()
    reply = await fetched(documents, GOOD)
    assert isinstance(reply, Fetched)
    documents.load(reply.body, "text/xml")
    assert len(documents.threads) == 1
    assert documents.threads[0] is not threading.current_thread()


async def test_what_is_wrong_with_a_large_document_is_found_there_and_told_where_it_is_used() -> None:
    documents = Watched()
    reply = await fetched(documents, BAD)
    assert isinstance(reply, Fetched)
    for _ in range(2):
        with pytest.raises(DocumentFault, match="fly"):
            documents.load(reply.body, "text/xml")
    assert len(documents.threads) == 1


@pytest.mark.parametrize(("body", "purpose"), [(b"x" * (LARGE - 1), Purpose.DOCUMENT), (GOOD, Purpose.SCRIPT)])
async def test_nothing_else_is_compiled_before_it_is_used(body: bytes, purpose: Purpose) -> None:
    documents = Watched()
    await fetched(documents, body, purpose)
    assert documents.threads == []


async def test_a_failure_to_fetch_is_handed_on() -> None:
    async def fetch(request: FetchRequest) -> Fetched | FetchFailed:
        return FetchFailed("no connection")

    reply = await Preparing(Documents()).behind(fetch)(FetchRequest("http://app/", Purpose.DOCUMENT))
    assert reply == FetchFailed("no connection")


async def test_large_data_is_read_once_and_not_in_the_thread_of_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []

    def reading(*arguments: Any) -> Any:
        threads.append(threading.current_thread())
        return read(*arguments)

    monkeypatch.setattr("mirabelle.vxml_interpreter.dom.store.read", reading)
    documents = Documents()
    reply = await fetched(documents, b"<a>" + b"x" * LARGE + b"</a>", Purpose.DATA)
    assert isinstance(reply, Fetched)
    documents.data.load(reply.body, "text/xml")
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()
