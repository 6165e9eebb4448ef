"""The exact bytes of the answers, which clients search as text."""

from typing import Any

import pytest
from lxml import etree

from mirabelle.core.api.answers import Echo, ErrorCode, Refused, failed, queued
from mirabelle.core.api.services import ApiOptions

FORM = {
    "login": "ann",
    "pin": "sesame-3141",
    "phone_number": "+16175551212;ani=8001234567",
    "start_url": "http://app.example/start.php",
}


async def test_a_queued_call(api: Any) -> None:
    reply = await api.post(FORM)
    assert reply.body == (
        b'<?xml version="1.0"?>\n'
        b'<queuecall status="queued" call_id="1">\n'
        b"    <login>ann</login>\n"
        b"    <pin>********</pin>\n"
        b"    <phone_number>+16175551212;ani=8001234567</phone_number>\n"
        b"    <start_url>http://app.example/start.php</start_url>\n"
        b"</queuecall>\n"
    )
    assert reply.status == 200
    assert reply.headers["content-type"] == "text/xml; charset=utf-8"


async def test_a_call_that_failed(api: Any) -> None:
    reply = await api.post(FORM | {"phone_number": "abc"})
    assert reply.body == (
        b'<?xml version="1.0"?>\n'
        b'<queuecall status="failed">\n'
        b"    <login>ann</login>\n"
        b"    <pin>********</pin>\n"
        b"    <phone_number>abc</phone_number>\n"
        b"    <start_url>http://app.example/start.php</start_url>\n"
        b'    <error code="bad_field" temporary="false">phone_number \'abc\' is not a dialable number</error>\n'
        b"</queuecall>\n"
    )
    assert reply.status == 200
    assert reply.headers["content-type"] == "text/xml; charset=utf-8"


async def test_known_fields_are_echoed_in_the_order_sent_and_others_are_not(api: Any) -> None:
    form = {"start_url": FORM["start_url"], "campaign": "x", "max_retry": "3", "result_url": "", "<b>": "1"} | FORM
    reply = await api.post({"message_reference": "a<b>&\"'\r\n\tü"} | form)
    document = etree.fromstring(reply.body)
    assert [(child.tag, child.text) for child in document] == [
        ("message_reference", "a<b>&\"'\r\n\tü"),
        ("start_url", FORM["start_url"]),
        ("max_retry", "3"),
        ("result_url", None),
        ("login", "ann"),
        ("pin", "********"),
        ("phone_number", FORM["phone_number"]),
    ]


async def test_the_pin_is_echoed_when_the_configuration_says_so(api: Any) -> None:
    api.configure(ApiOptions(echo_pin=True))
    assert b"<pin>sesame-3141</pin>" in (await api.post(FORM)).body
    assert b"<pin>wrong</pin>" in (await api.post(FORM | {"pin": "wrong"})).body


async def test_a_wrong_pin_is_masked_too(api: Any) -> None:
    reply = await api.post(FORM | {"pin": "nearly-right"})
    assert b"<pin>********</pin>" in reply.body
    assert b"nearly-right" not in reply.body


NASTY = [
    "</login><login>root",
    "]]>",
    "<![CDATA[x",
    "&lol;",
    "<!--",
    "<?php ?>",
    '"><x y="',
    "\ufffd",
    "\u2028",
    "💥",
    "a\rb",
]


@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_out_of_its_element(text: str) -> None:
    document = etree.fromstring(failed([Echo("login", text)], Refused(ErrorCode.BAD_FIELD, text)))
    assert [child.tag for child in document] == ["login", "error"]
    assert [child.text for child in document] == [text, text]


@pytest.mark.parametrize("text", ["\x00", "\x0b", "\x1b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_replaced(text: str) -> None:
    document = etree.fromstring(queued(1, [Echo("login", f"a{text}b")]))
    assert document[0].text == "a\ufffdb"
