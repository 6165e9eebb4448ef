from dataclasses import replace

import pytest

from mirabelle.core.choosing import NoTelephony, chooser, scheme_of
from mirabelle.core.interfaces.telephony import DialRequest, Leg, Report, TelephonyBackend
from mirabelle.core.testing.lending import lent
from mirabelle.core.types import Call, CallRequest, CallState, Due

CALL = Call(1, CallRequest("acme", "1", "+16175550100", "http://app/"), CallState.CLAIMED, 0.0, Due(0.0))


def backend(called: str, *dials: str) -> TelephonyBackend:
    class Offered(TelephonyBackend):
        name = called
        schemes = frozenset(dials)

        def dial(self, request: DialRequest, report: Report) -> Leg:
            raise NotImplementedError

    return Offered(None, lent())


BACKENDS = [backend("pbx", "sip"), backend("trunk", "tel", "sip"), backend("other", "tel")]


def chosen(destination: str, name: str | None = None) -> str:
    call = replace(CALL, request=replace(CALL.request, destination=destination))
    return chooser(BACKENDS, lambda asked: name)(call).name


@pytest.mark.parametrize(
    ("destination", "name", "taken"),
    [
        ("+16175550100", None, "trunk"),
        ("tel:+16175550100", None, "trunk"),
        ("+16175550100", "other", "other"),
        ("SIP:ada@example", None, "pbx"),
        ("sip:ada@example", "trunk", "trunk"),
    ],
)
def test_the_plugins_choice_else_the_first_that_dials_the_scheme(
    destination: str, name: str | None, taken: str
) -> None:
    assert chosen(destination, name) == taken


@pytest.mark.parametrize(
    ("destination", "name", "why"),
    [
        ("skype:ada", None, r"no configured telephony dials skype: \(pbx, trunk, other\)"),
        ("sip:ada", "other", r"other dials no sip:"),
        ("+16175550100", "lost", "a plugin chose the telephony 'lost'; configured are pbx, trunk, other"),
    ],
)
def test_what_nobody_dials_is_said(destination: str, name: str | None, why: str) -> None:
    with pytest.raises(NoTelephony, match=why):
        chosen(destination, name)


def test_the_scheme_of_a_destination() -> None:
    assert [scheme_of(each) for each in ("+1", "Tel:+1", "loopback:voice")] == ["tel", "tel", "loopback"]
