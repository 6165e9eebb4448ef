import asyncio
from dataclasses import dataclass, field, replace
from email.parser import BytesParser
from email.policy import HTTP

import pytest

from mirabelle.core.clock import SystemClock
from mirabelle.core.fetching.cache import CacheOptions, HttpCache
from mirabelle.core.interfaces.fetching import Answer, Caching, EgressRefused, FetchError, OutgoingRequest
from mirabelle.core.talking.resources import Resources, full_url, outgoing
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import Attachment, FetchRequest


@dataclass
class Network:
    """A fetcher that answers, or raises what it is told to."""

    answer: Answer | Exception = field(default_factory=lambda: Answer(200, "http://app/there", {"a": "b"}, b"body"))
    sent: list[tuple[OutgoingRequest, int | None]] = field(default_factory=list)

    async def send(self, request: OutgoingRequest, *, call_id: int | None = None) -> Answer:
        self.sent.append((request, call_id))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


async def test_a_get_has_its_fields_in_the_query() -> None:
    network = Network()
    request = FetchRequest("http://app/a?x=1", fields=(("drink", "tea & milk"), ("ü", "")))
    reply = await Resources(network, call_id=7)(request)
    assert reply == Fetched("http://app/there", 200, {"a": "b"}, b"body")
    ((sent, call_id),) = network.sent
    assert (sent.method, sent.url, sent.body, call_id) == (
        "GET",
        "http://app/a?x=1&drink=tea+%26+milk&%C3%BC=",
        None,
        7,
    )


def test_a_get_without_fields_keeps_its_url() -> None:
    assert full_url(FetchRequest("http://app/a")) == "http://app/a"
    assert full_url(FetchRequest("http://app/a", fields=(("b", "c"),))) == "http://app/a?b=c"


def test_a_post_has_a_form_body() -> None:
    sent = outgoing(FetchRequest("http://app/a", method="post", fields=(("b", "c d"), ("b", "e")), timeout=3))
    assert (sent.method, sent.url, sent.body, sent.timeout) == ("POST", "http://app/a", b"b=c+d&b=e", 3)
    assert sent.headers == {"content-type": "application/x-www-form-urlencoded"}


def test_a_post_without_fields_has_an_empty_body() -> None:
    assert outgoing(FetchRequest("http://app/a", method="post")).body == b""


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (EgressRefused("10.0.0.1 is private"), "10.0.0.1 is private"),
        (FetchError(), "FetchError"),
        (RuntimeError("odd"), "RuntimeError: odd"),
    ],
)
async def test_no_answer_is_an_answer_that_says_why(error: Exception, message: str) -> None:
    assert await Resources(Network(error))(FetchRequest("http://app/")) == FetchFailed(message)


async def test_other_schemes_are_fetched_by_plugins_or_not_at_all() -> None:
    class Plugin:
        async def send(self, request: OutgoingRequest) -> Answer:
            return Answer(200, request.url, {}, b"from " + request.url.encode())

    resources = Resources(Network(), {"db": Plugin()})  # type: ignore[dict-item]
    assert await resources(FetchRequest("DB:x")) == Fetched("DB:x", 200, {}, b"from DB:x")
    assert await resources(FetchRequest("file:///etc/passwd")) == FetchFailed("nothing here fetches file URLs")


class Plugin:
    """A fetcher of another scheme."""

    def __init__(self, seconds: float = 0, **headers: str) -> None:
        self.asked = 0
        self._seconds = seconds
        self._headers = headers

    async def send(self, request: OutgoingRequest) -> Answer:
        self.asked += 1
        await asyncio.sleep(self._seconds)
        return Answer(200, request.url, {name.replace("_", "-"): value for name, value in self._headers.items()}, b"")


def kept(plugin: Plugin) -> Resources:
    cache = HttpCache(CacheOptions(), SystemClock())
    return Resources(Network(), {"db": plugin}, account="me", cache=cache)  # type: ignore[dict-item]


async def test_what_other_schemes_bring_has_expired_when_it_comes() -> None:
    plugin = Plugin()
    resources = kept(plugin)
    for maxstale in (None, 100.0, 100.0, None):
        reply = await resources(FetchRequest("db:x", maxstale=maxstale))
        assert isinstance(reply, Fetched)
    assert plugin.asked == 3


async def test_other_schemes_have_their_time_too() -> None:
    reply = await kept(Plugin(seconds=60))(FetchRequest("db:x", timeout=0.001))
    assert reply == FetchFailed("db: gave no whole answer within 0.001 s")


async def test_requests_say_whose_cache_may_answer_and_how() -> None:
    network = Network()
    await Resources(network, account="me")(FetchRequest("http://app/", maxage=1, maxstale=2))
    await Resources(network)(FetchRequest("http://app/", maxage=1))
    assert [sent.caching for sent, _ in network.sent] == [Caching("me", 1, 2), None]


async def test_an_answer_that_was_kept_says_so() -> None:
    network = Network(Answer(200, "http://app/", {}, b"", from_cache=True))
    reply = await Resources(network)(FetchRequest("http://app/"))
    assert reply == Fetched("http://app/", 200, {}, b"", cached=True)


async def test_nothing_is_fetched_ahead_when_nothing_would_be_kept() -> None:
    plugin = Plugin(cache_control="no-store")
    resources = kept(plugin)
    first, second = [await resources.ahead(FetchRequest("db:x")) for _ in range(2)]
    assert (type(first), type(second), plugin.asked) == (Fetched, FetchFailed, 1)
    network = Network()
    assert isinstance(await Resources(network).ahead(FetchRequest("http://app/")), FetchFailed)
    assert network.sent == []


async def test_what_was_fetched_ahead_is_there_when_it_is_needed() -> None:
    plugin = Plugin(cache_control="max-age=60")
    resources = kept(plugin)
    for fetch in (resources.ahead, resources.ahead, resources):
        assert isinstance(await fetch(FetchRequest("db:x")), Fetched)
    assert plugin.asked == 1


async def recording(url: str) -> tuple[str, bytes]:
    if url != "recording:1":
        raise KeyError(url)
    return "audio/x-wav", b"RIFF"


SUBMIT = FetchRequest(
    "http://app/",
    method="post",
    fields=(("who", "me"), ("message", Attachment("recording:1"))),
    enctype="multipart/form-data",
)


async def test_a_recording_is_sent_as_a_file() -> None:
    network = Network()
    await Resources(network, recordings=recording)(SUBMIT)
    sent = network.sent[0][0]
    head = f"Content-Type: {sent.headers['content-type']}\r\n\r\n".encode()
    who, message = BytesParser(policy=HTTP).parsebytes(head + (sent.body or b"")).iter_parts()
    assert who.get_payload(decode=True) == b"me"
    assert (message.get_filename(), message.get_payload(decode=True)) == ("message.wav", b"RIFF")


@pytest.mark.parametrize(
    ("request_", "sent"),
    [
        (
            replace(SUBMIT, enctype="application/x-www-form-urlencoded"),
            ("http://app/", b"who=me&message=recording%3A1"),
        ),
        (replace(SUBMIT, method="get"), ("http://app/?who=me&message=recording%3A1", None)),
    ],
)
async def test_where_no_file_can_be_sent_a_recording_is_its_url(
    request_: FetchRequest, sent: tuple[str, bytes | None]
) -> None:
    network = Network()
    await Resources(network, recordings=recording)(request_)
    assert (network.sent[0][0].url, network.sent[0][0].body) == sent


async def test_a_recording_that_cannot_be_read_is_not_sent_as_something_else() -> None:
    network = Network()
    request = replace(SUBMIT, fields=(("message", Attachment("recording:2")),))
    assert await Resources(network, recordings=recording)(request) == FetchFailed("KeyError: 'recording:2'")
    assert await Resources(network)(SUBMIT) == FetchFailed("there are no recordings here that could be sent")
    assert network.sent == []
