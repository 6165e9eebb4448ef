"""Whatever the body: status 200 and a document that parses."""

from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from mirabelle.core.api.fields import LONGEST
from mirabelle.core.api.rate_limits import RateOptions
from mirabelle.core.api.services import ApiOptions
from mirabelle.core.testing.http import ask

# One platform for all examples of a test: what one of them queues does not matter to the next.
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

NAMES = st.sampled_from([*LONGEST, "max_retry", "unknown"]).map(str.encode) | st.binary(max_size=20)
VALUES = st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
BOUNDARY = b"frontier"
TYPES = st.sampled_from(
    [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=latin1",
        "application/x-www-form-urlencoded; charset=utf-7",
        "multipart/form-data; boundary=frontier",
        "multipart/form-data; boundary=frontier; charset=idna",
        "multipart/form-data; boundary=",
        "multipart/form-data",
        "application/json",
        ";;;=",
        "",
    ]
)


async def answer(api: Any, body: bytes, content_type: str) -> etree._Element:
    reply = await ask(api.app, "POST", "/queuecall.php", body, {"content-type": content_type}, address="")
    assert reply is not None
    assert reply.status == 200
    assert reply.headers["content-type"] == "text/xml; charset=utf-8"
    document = etree.fromstring(reply.body)
    assert document.tag == "queuecall"
    assert document.get("status") in {"queued", "failed"}
    error = document.find("error")
    assert (error is None) == (document.get("status") == "queued")
    assert error is None or error.get("code") != "internal"
    return document


@pytest.fixture
def unlimited(api: Any) -> Any:
    api.configure(ApiOptions(address_rate=RateOptions(rate=0)))
    return api


@SHARED
@given(body=st.binary(max_size=2000), content_type=TYPES)
async def test_any_bytes(unlimited: Any, body: bytes, content_type: str) -> None:
    await answer(unlimited, body, content_type)


@SHARED
@given(fields=st.lists(st.tuples(NAMES, VALUES), max_size=12), content_type=TYPES)
async def test_any_urlencoded_fields(unlimited: Any, fields: list[tuple[bytes, bytes]], content_type: str) -> None:
    body = b"&".join(
        quote_from_bytes(name).encode() + b"=" + quote_from_bytes(value).encode() for name, value in fields
    )
    await answer(unlimited, body, content_type)


@SHARED
@given(fields=st.lists(st.tuples(NAMES, VALUES, VALUES), max_size=8), cut=st.integers(0, 40))
async def test_any_multipart_fields(unlimited: Any, fields: list[tuple[bytes, bytes, bytes]], cut: int) -> None:
    parts = [
        b'--frontier\r\nContent-Disposition: form-data; name="%b"\r\nX: %b\r\n\r\n%b\r\n' % (name, extra, value)
        for name, value, extra in fields
    ]
    body = b"".join(parts) + b"--frontier--\r\n"
    await answer(unlimited, body[: len(body) - cut], "multipart/form-data; boundary=frontier")


@SHARED
@given(values=st.dictionaries(st.sampled_from([name for name in LONGEST if name not in ("login", "pin")]), st.text()))
async def test_any_values_behind_a_good_login(unlimited: Any, form: dict[str, str], values: dict[str, str]) -> None:
    sent = form | values
    body = "&".join(
        f"{name}={quote_from_bytes(value.encode('utf-8', 'surrogatepass'))}" for name, value in sent.items()
    )
    document = await answer(unlimited, body.encode(), "")
    assert [child.tag for child in document if child.tag != "error"] == list(sent)
