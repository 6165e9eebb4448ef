"""What start_url and the script are told, and scripts that fail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mirabelle.core.testing.attempts import START_URL, Attempts, World, claim, form, page
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import Account, Call, CalleeType, EventKind
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.script import Json


def test_start_url_gets_the_fields_of_the_contract(attempts: Attempts) -> None:
    asked = claim(
        "+16175550101",
        message_reference="ref",
        call_parameters="a=1",
        campaign_parameters="b=2",
        variables={"name": "Ada", "call_id": "forged"},
    )
    _, world = attempts.one(asked)
    ((_, request),) = world.requests
    assert request.method == "post"
    assert request.fields == (
        ("phone_number", "raw +16175550101"),
        ("call_id", "7"),
        ("message_reference", "ref"),
        ("campaign_parameters", "b=2"),
        ("call_parameters", "a=1"),
        ("name", "Ada"),
    )
    _, world = attempts.one(asked, account=Account("acme", start_url_method="get"))
    assert world.requests[0][1].method == "get"


def test_digits_are_sent_after_the_answer_and_before_the_script(attempts: Attempts, tmp_path: Path) -> None:
    _, world = attempts.one(claim("loopback:voice?rings=1", post_dial="1pp2#"))
    assert [at for at, _ in world.requests] == [2.0]
    assert world.instants(EventKind.DOCUMENT) == [pytest.approx(2 + 3 * 0.2 + 2 * 1.0)]
    assert '"digits": "1pp2#"' in (tmp_path / "loopback" / "legs.jsonl").read_text()


AGAIN = """<block><prompt>Once.</prompt></block>
<field name="key" type="digits?length=1"><prompt>Press 1.</prompt><filled><goto next="start"/></filled></field>"""


def test_start_url_is_asked_again_where_the_script_goes_back_to_it(attempts: Attempts) -> None:
    _, world = attempts.one(claim("loopback:voice?rings=0&stays=20"), form(AGAIN))
    assert len(world.requests) == len(world.of(EventKind.FETCH)) > 1
    assert [request.method for _, request in world.requests][:2] == ["post", "get"]


def test_a_fragment_of_start_url_costs_no_second_request(attempts: Attempts) -> None:
    asked = claim("loopback:voice?rings=0")
    request = replace(asked.call.request, start_url=f"{START_URL}#here")
    asked = replace(asked, call=replace(asked.call, request=request))
    form_here = page('<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form id="here"><block/></form></vxml>')
    _, world = attempts.one(asked, form_here)
    assert world.urls == [START_URL]
    assert world.of(EventKind.EXIT)[0]["reason"] == "end"


def test_the_session_of_the_script(attempts: Attempts) -> None:
    sessions: list[Mapping[str, Json]] = []

    async def main(world: World) -> None:
        services = world.services()

        def interpreter(session: Mapping[str, Json]) -> Any:
            sessions.append(session)
            return services.interpreter(session)

        added: Iterable[Mapping[str, Json]] = [{"crm": {"vip": True}, "connection": {"callee_type": "forged", "x": 1}}]
        asked = claim("+16175550101", 2, message_reference="ref", variables={"name": "Ada", "attempt": "forged"})
        await world.attempt(asked, interpreter=interpreter, variables=lambda call: added)

    attempts.run(main)
    assert sessions == [
        {
            "id": "7-2",
            "connection": {
                "callee_type": "processing",
                "local": {"uri": "tel:+16175550100"},
                "remote": {"uri": "tel:+16175550101"},
                "protocol": {"name": "loopback", "version": ""},
                "x": 1,
            },
            "telephone": {"ani": "+16175550100", "dnis": "+16175550101"},
            "outbound": {
                "name": "Ada",
                "call_id": 7,
                "attempt": 2,
                "message_reference": "ref",
                "call_parameters": "",
                "campaign_parameters": "",
            },
            "crm": {"vip": True},
        }
    ]


def test_variables_of_a_plugin_that_fails_are_missing_and_it_is_told(attempts: Attempts) -> None:
    def variables(call: Call) -> Sequence[Mapping[str, Json]]:
        raise RuntimeError("no customer database")

    end, world = attempts.one(claim("+16175550101"), variables=variables)
    assert end.callee_type is CalleeType.VOICE
    assert "no customer database" in str(world.of(EventKind.PLATFORM))
    assert world.logged()["in the end"] == "voice 1"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (page("not here", 404), "error.badfetch.http.404"),
        (page("<html><body/></html>"), "error.badfetch"),
        (page("<vxml"), "error.badfetch"),
        (page(""), "error.badfetch"),
        (FetchFailed("nobody answers"), "nobody answers"),
        (form("<block><throw event='error.mine' message='broken'/></block>"), "error.mine"),
        (form("<block><script>while (true) {}</script></block>"), "error.semantic"),
    ],
    ids=["404", "html", "broken", "empty", "no answer", "throws", "loops"],
)
def test_a_script_that_fails_ends_the_call_in_order(
    attempts: Attempts, document: Fetched | FetchFailed, reason: str
) -> None:
    end, world = attempts.one(claim("loopback:voice?rings=0"), document)
    assert end.answered_at == START
    assert reason in end.cause
    (exit_,) = world.of(EventKind.EXIT)
    assert reason in str(exit_["error"])
    assert [data["by"] for data in world.of(EventKind.HUNG_UP)] == ["platform"]


def test_an_interpreter_that_cannot_be_made_ends_the_call_in_order(attempts: Attempts) -> None:
    def broken(session: Mapping[str, Json]) -> Any:
        raise RuntimeError("no engine")

    end, world = attempts.one(claim("loopback:voice?rings=0"), interpreter=broken)
    assert end.callee_type in (CalleeType.VOICE, CalleeType.UNKNOWN)
    assert "no engine" in end.cause
    assert "no engine" in str(world.of(EventKind.PLATFORM))
    assert [data["by"] for data in world.of(EventKind.HUNG_UP)] == ["platform"]
