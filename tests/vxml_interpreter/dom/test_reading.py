"""XML data as records: what is read, and what is refused. VoiceXML 2.1, 5."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.vxml_interpreter.dom.reading import XmlData, read
from mirabelle.vxml_interpreter.dom.store import LARGE, XmlStore
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.settings import Limits

LIMITS = Limits(depth=10, attributes=5, data_bytes=50_000, data_elements=100)


def names(data: XmlData) -> list[str]:
    return [head.split("\x01")[0] for head in data.heads]


def test_there_is_a_record_for_the_document_and_one_for_each_element_in_document_order() -> None:
    assert names(read(b"<a><b><c/></b><d/></a>", "text/xml", LIMITS)) == ["#document", "a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        ("<a>é</a>".encode(), "text/xml"),
        ("<a>é</a>".encode(), "application/xml; charset=utf-8"),
        ("\ufeff<a>é</a>".encode(), "text/xml"),
        ("<a>é</a>".encode("utf-16"), "text/xml"),
        ("<a>é</a>".encode("latin-1"), 'text/xml; charset="ISO-8859-1"'),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'.encode("latin-1"), "application/x+xml"),
        ('<?xml version="1.0" encoding="windows-1252"?><a>é</a>'.encode("cp1252"), ""),
        (b"<a>&#233;</a>", "text/plain"),
    ],
)
def test_encodings(body: bytes, media_type: str) -> None:
    assert read(body, media_type, LIMITS).bodies[1].endswith("3é")


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"{}", "not well-formed"),
        (b"<a><b></a>", "line 1: not well-formed"),
        (b"<a>\n&nbsp;</a>", "line 2: not well-formed XML: undefined entity"),
        (b'<!DOCTYPE a SYSTEM "a.dtd">\n<a>&nbsp;</a>', "line 2: the entity &nbsp; is not known"),
        (b'\n<!DOCTYPE a [<!ENTITY b "c">]><a/>', "line 2: the DOCTYPE has an internal subset"),
        (b"<a><x:b/></a>", "unbound prefix"),
        (b"<a>&#1;</a>", "invalid character"),
        (b"<a>\x01</a>", "not well-formed"),
        (b"\xff\xff", "not well-formed"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', 'the encoding "nonsense" is unknown'),
        (b"<a>" * 11 + b"</a>" * 11, "nested more than 10 deep"),
        (b"<a>\n" + b"<b/>" * 100 + b"</a>", "line 2: more than 100 elements"),
        (b'<a b="" c="" d="" e="" f="" g=""/>', "more than 5 attributes"),
        (b'<a b="" c="" d="" xmlns:e="e" xmlns:f="f" xmlns:g="g"/>', "more than 5 attributes"),
        (b"<a>" + b"x" * 50_000 + b"</a>", "at most 50000 are read"),
    ],
)
def test_what_cannot_be_read_says_why_and_where(body: bytes, cause: str) -> None:
    with pytest.raises(DocumentFault, match=cause):
        read(body, "text/xml", LIMITS)


def test_an_unknown_charset_of_the_transport_is_a_fault() -> None:
    with pytest.raises(DocumentFault, match='the encoding "none-such" is unknown'):
        read(b"<a/>", "text/xml; charset=none-such", LIMITS)


@given(st.binary(max_size=300) | st.text(alphabet="<>/!?[]&;ab='\" -C\n", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        data = read(body, "text/xml", LIMITS)
    except DocumentFault:
        return
    assert len(data.heads) == len(data.bodies) > 1


@pytest.mark.parametrize(
    ("prolog", "policies"),
    [
        (b"", ()),
        (b'<?access-control allow="*"?>', ('allow="*"',)),
        (b'<?access-control allow="a"?><!-- --><?access-control deny="b"?>', ('allow="a"', 'deny="b"')),
        (b'<?access allow="*"?>', ()),
    ],
)
def test_access_is_controlled_in_the_prolog(prolog: bytes, policies: tuple[str, ...]) -> None:
    inside = b'<a><?access-control allow="inside"?></a><?access-control allow="behind"?>'
    assert read(prolog + inside, "text/xml", LIMITS).policies == policies


def test_what_is_large_is_read_once() -> None:
    store = XmlStore(Limits(), capacity=2)
    large = [b"<a>" + letter * LARGE + b"</a>" for letter in (b"x", b"y", b"z")]
    first = store.load(large[0], "text/xml")
    assert store.load(large[0], "text/xml") is first
    for body in large[1:]:
        store.load(body, "text/xml")
    assert store.load(large[0], "text/xml") is not first


def test_what_is_small_is_not_kept() -> None:
    store = XmlStore(Limits())
    assert store.load(b"<a/>", "text/xml") is not store.load(b"<a/>", "text/xml")


def test_what_is_wrong_is_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    store = XmlStore(Limits())
    body = b"<a>" + b"x" * LARGE
    causes = []
    for _ in range(2):
        with pytest.raises(DocumentFault) as caught:
            store.load(body, "text/xml")
        causes.append((caught.value.cause, caught.value.line))
        monkeypatch.setattr("mirabelle.vxml_interpreter.dom.store.read", pytest.fail)
    assert causes[0] == causes[1]


def test_what_is_kept_is_bounded_in_all() -> None:
    store = XmlStore(Limits())
    bodies = [b"<a>" + letter * 450_000 + b"</a>" for letter in (b"x", b"y", b"z", b"u", b"v")]
    first, *_ = [store.load(body, "text/xml") for body in bodies]
    assert store.load(bodies[-1], "text/xml") is store.load(bodies[-1], "text/xml")
    assert store.load(bodies[0], "text/xml") is not first
