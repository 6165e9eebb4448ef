from types import SimpleNamespace
from typing import Any

import pytest

from mirabelle import hookimpl
from mirabelle.core import assembly, registry
from mirabelle.core.assembly import DEVELOPER, UnderWay
from mirabelle.core.interfaces.fetching import FetchError, OutgoingRequest
from mirabelle.core.plugin_sources import Source
from mirabelle.core.testing.scheduling_policy import REQUEST
from mirabelle.core.types import Account, Call, CallState, Credentials, Due

CALL = Call(7, REQUEST, CallState.DIALLING, 0.0, Due(0.0))
PROBE = OutgoingRequest("http://app.example/start")


def hooks(**implementations: Any) -> Any:
    """The hook caller of a plugin for each set of implementations, in the order given."""
    plugins = [
        Source(name, "a test", SimpleNamespace(**{hook: hookimpl(function) for hook, function in each.items()}))
        for name, each in implementations.items()
    ]
    return registry.assemble(plugins).hook


def backend(*schemes: str, objection: str | None = None) -> SimpleNamespace:
    return SimpleNamespace(schemes=frozenset(schemes), check_destination=lambda uri: objection)


def telephony(**backends: SimpleNamespace) -> Any:
    return SimpleNamespace(telephony=backends)


def test_headers_of_plugins_are_merged_and_the_one_asked_first_wins() -> None:
    hook = hooks(
        default={"prepare_request": lambda request: {"X-Who": "default", "X-More": "1"}},
        configured={"prepare_request": lambda request: {"x-who": "configured"}},
        silent={"prepare_request": lambda request: None},
    )
    assert assembly.prepared(hook, UnderWay())(PROBE, None) == {"x-who": "configured", "X-More": "1"}


def test_a_request_is_prepared_for_its_call_while_that_is_under_way() -> None:
    hook = hooks(plugin={"prepare_request": lambda request, call: {"X-Call": str(call and call.request.account)}})
    under_way = UnderWay()
    prepare = assembly.prepared(hook, under_way)
    with under_way.of(CALL):
        assert prepare(PROBE, 7) == {"X-Call": "acme"}
    assert prepare(PROBE, 7) == {"X-Call": "None"}
    assert prepare(PROBE, None) == {"X-Call": "None"}


def test_a_plugin_that_fails_costs_the_request_and_no_more() -> None:
    def prepare_request(request: OutgoingRequest) -> dict[str, str]:
        raise KeyError("token")

    prepare = assembly.prepared(hooks(plugin={"prepare_request": prepare_request}), UnderWay())
    with pytest.raises(FetchError, match="a plugin could not prepare the request: KeyError"):
        prepare(PROBE, None)


@pytest.mark.parametrize(
    ("login", "pin", "development", "known"),
    [("dev", "0000", True, True), ("dev", "0000", False, False), ("dev", "1", True, False), ("a", "0000", True, False)],
)
def test_the_developer_is_known_in_development_only(login: str, pin: str, development: bool, known: bool) -> None:
    assert (assembly.asked(hooks(), development)(Credentials(login, pin)) == DEVELOPER) is known


def test_plugins_are_asked_before_the_developer_is_looked_at() -> None:
    hook = hooks(plugin={"authenticate": lambda credentials: Account("theirs")})
    assert assembly.asked(hook, development=True)(Credentials("dev", "0000")) == Account("theirs")


@pytest.mark.parametrize(
    ("destination", "says"),
    [("sip:nobody", "no host"), ("SIP:nobody", "no host"), ("loopback:voice", None), ("+16175551212", None)],
)
def test_a_uri_that_its_telephony_cannot_dial_is_refused(destination: str, says: str | None) -> None:
    parts = telephony(sip=backend("tel", "sip", objection="no host"), loopback=backend("tel", "loopback"))
    assert assembly.objections(parts)(destination) == says


def test_a_uri_is_dialled_when_one_of_several_can() -> None:
    parts = telephony(one=backend("sip", objection="no trunk"), other=backend("sip"))
    assert assembly.objections(parts)("sip:bob@example.com") is None


def test_schemes_that_are_dialled() -> None:
    dials = assembly.dials(telephony(one=backend("tel"), other=backend("sip", "sips")))
    assert [dials(scheme) for scheme in ("tel", "sip", "sips", "loopback")] == [True, True, True, False]
