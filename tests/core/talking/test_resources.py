from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.interfaces.fetching import Answer, EgressRefused, FetchError, OutgoingRequest
from mirabelle.core.talking.resources import Resources, form_encoded, full_url, multipart, outgoing
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import FetchRequest

FIELDS = st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=5)


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


@given(FIELDS)
def test_forms_can_be_read_again(fields: list[tuple[str, str]]) -> None:
    sendable = [(name, value) for name, value in fields]
    assert parse_qsl(form_encoded(sendable), keep_blank_values=True) == sendable


def test_half_a_surrogate_pair_does_not_stop_a_form() -> None:
    assert form_encoded([("a", "\ud83d")]) == "a=%3F"
    assert b"\r\n\r\n?\r\n" in multipart([("a", "\ud83d")], "x")


def test_multipart_can_be_read_again() -> None:
    request = FetchRequest(
        "http://app/", method="post", enctype="multipart/form-data", fields=(("a", "1\r\n2"), ("ü", ""))
    )
    sent = outgoing(request)
    head = f"Content-Type: {sent.headers['content-type']}\r\n\r\n".encode()
    parts = list(BytesParser(policy=HTTP).parsebytes(head + (sent.body or b"")).iter_parts())
    assert [part.get_payload(decode=True) for part in parts] == [b"1\r\n2", b""]
    assert parts[0]["content-disposition"] == 'form-data; name="a"'


def test_a_name_cannot_break_out_of_its_part() -> None:
    body = multipart([('a"\r\nx: y', "1")], "b")
    assert b'name="a%22%0D%0Ax: y"' in body


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
