"""Documents in every encoding that documents are written in, and the bytes that are in none."""

import codecs

import pytest

from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.encodings import readable
from mirabelle.vxml_interpreter.faults import DocumentFault

DOCUMENTS = Documents()
XML = "application/voicexml+xml"


def written(text: str, declaration: str = "") -> str:
    namespace = "http://www.w3.org/2001/vxml"
    return f'{declaration}<vxml version="2.0" xmlns="{namespace}"><form><block>{text}</block></form></vxml>'


def declared(text: str, encoding: str, codec: str = "") -> bytes:
    return written(text, f'<?xml version="1.0" encoding="{encoding}"?>\n').encode(codec or encoding)


def heard(body: bytes, media_type: str = XML) -> str:
    block = DOCUMENTS.load(body, media_type).dialogs[0].items[0].element
    return next(block.elements("prompt")).content()


def refusal(body: bytes, media_type: str = XML) -> str:
    with pytest.raises(DocumentFault) as caught:
        DOCUMENTS.load(body, media_type)
    return str(caught.value)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("UTF-8", "grün 緑"),
        ("ISO-8859-1", "grün"),
        ("latin1", "grün"),
        ("windows-1252", "„grün“"),
        ("ISO-8859-15", "grün €"),
        ("KOI8-R", "зелёный"),
        ("Shift_JIS", "緑"),
        ("EUC-JP", "緑"),
        ("ISO-2022-JP", "緑"),
        ("GB2312", "绿"),
        ("GB18030", "绿"),
        ("Big5", "綠"),
        ("EUC-KR", "초록"),
        ("UTF-16LE", "緑"),
        ("UTF-16BE", "緑"),
        ("UTF-32LE", "緑"),
        ("UTF-16", "緑"),
        ("UTF-32", "緑"),
    ],
)
def test_a_document_may_declare_any_encoding_of_texts(encoding: str, text: str) -> None:
    assert heard(declared(text, encoding)) == text
    assert heard(written(text).encode(encoding), f"{XML}; charset={encoding}") == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_mark_says_more_than_declaration_and_transport(mark: bytes) -> None:
    codec = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}[mark]
    assert heard(mark + written("grün").encode(codec), "text/xml; charset=iso-8859-1") == "grün"


def test_the_transport_says_more_than_the_declaration() -> None:
    body = declared("grün", "UTF-8", "iso-8859-1")
    assert heard(body, "text/xml; charset=ISO-8859-1") == "grün"
    assert heard(declared("緑", "UTF-8", "shift_jis"), 'text/xml; charset="shift_jis"') == "緑"


def test_what_a_server_says_of_html_is_worth_nothing() -> None:
    assert heard(declared("grün", "UTF-8"), "text/html; charset=ISO-8859-1") == "grün"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-be"])
def test_wide_characters_are_known_without_a_mark(codec: str) -> None:
    assert heard(written("緑").encode(codec)) == "緑"


@pytest.mark.parametrize(
    "name",
    ["idna", "punycode", "rot13", "zlib", "base64", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7"],
)
def test_what_is_no_encoding_of_texts_is_not_read(name: str) -> None:
    assert f'the encoding "{name}" is not read' in refusal(written("a").encode(), f"{XML}; charset={name}")
    assert f'the encoding "{name}" is not read' in refusal(declared("a", name, "ascii"))


def test_unknown_encodings() -> None:
    assert 'the encoding "x-none" is unknown' in refusal(declared("a", "x-none", "ascii"))


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (declared("grün", "UTF-8", "iso-8859-1"), XML),
        (declared("grün", "us-ascii", "iso-8859-1"), XML),
        (declared("緑", "Shift_JIS", "utf-8") + b"\xff", XML),
        (written("a").encode(), "text/xml; charset=utf-16-le"),
        (codecs.BOM_UTF16_LE + b"<\0v", XML),
        (codecs.BOM_UTF32_LE + b"<\0", XML),
        (written("a\0b").encode(), XML),
        (b"\0" * 5_000, XML),
        (b"\xff" * 5_000, XML),
    ],
)
def test_bytes_that_are_not_of_their_encoding(body: bytes, media_type: str) -> None:
    assert "not well-formed XML" in refusal(body, media_type)


def test_what_is_made_utf_8_is_not_told_to_be_what_it_was() -> None:
    body, encoding = readable(declared("緑", "Shift_JIS"), XML)
    assert (encoding, "緑" in body.decode("utf-8")) == ("utf-8", True)
