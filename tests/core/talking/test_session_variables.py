import pytest

from mirabelle.core.talking.session_variables import merged, session_variables, start_request, uri_of
from mirabelle.core.types import CalleeType, CallRequest
from mirabelle.vxml_interpreter.script import Json

REQUEST = CallRequest("acme", "16175551212;ani=8001234567", "+16175551212", "http://app/start?x=1")


@pytest.mark.parametrize(
    ("destination", "remote", "dnis"),
    [
        ("+16175551212", "tel:+16175551212", "+16175551212"),
        ("tel:+16175551212", "tel:+16175551212", "+16175551212"),
        ("loopback:voice?rings=1", "loopback:voice?rings=1", "loopback:voice?rings=1"),
    ],
)
def test_numbers_and_uris(destination: str, remote: str, dnis: str) -> None:
    request = CallRequest("acme", "raw", destination, "http://app/")
    session = session_variables(7, 1, request, CalleeType.UNKNOWN, "sip")
    assert session["connection"] == {
        "callee_type": "unknown",
        "local": {"uri": ""},
        "remote": {"uri": remote},
        "protocol": {"name": "sip", "version": ""},
    }
    assert session["telephone"] == {"ani": "", "dnis": dnis}
    assert uri_of("sip:a@b") == "sip:a@b"


def test_the_first_request_says_what_the_client_sent() -> None:
    request = start_request(7, REQUEST, "post")
    assert (request.url, request.method) == ("http://app/start?x=1", "post")
    assert request.fields[:2] == (("phone_number", "16175551212;ani=8001234567"), ("call_id", "7"))
    assert [name for name, _ in request.fields[2:]] == ["message_reference", "campaign_parameters", "call_parameters"]


@pytest.mark.parametrize(
    ("own", "added", "result"),
    [
        ({"a": 1}, [None, {}], {"a": 1}),
        ({"a": 1}, [{"a": 2, "b": 3}], {"a": 1, "b": 3}),
        ({"a": {"b": 1}}, [{"a": {"b": 2, "c": {"d": 3}}}], {"a": {"b": 1, "c": {"d": 3}}}),
        ({"a": {"b": 1}}, [{"a": 5}], {"a": {"b": 1}}),
        ({}, [{"x": {"y": 1}}, {"x": {"y": 2, "z": 3}}], {"x": {"y": 1, "z": 3}}),
    ],
)
def test_plugins_add_and_never_replace(
    own: dict[str, Json], added: list[dict[str, Json] | None], result: dict[str, Json]
) -> None:
    assert merged(own, added) == result


def test_merging_changes_nothing_of_what_was_given() -> None:
    given: dict[str, Json] = {"x": {"y": 1}}
    merged(merged({}, [given]), [{"x": {"z": 2}}])
    assert given == {"x": {"y": 1}}
