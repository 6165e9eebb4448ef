"""What the driver makes of `Transfer`: prompts, commands, far ends, limits, and what cannot be tried."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from mirabelle.core.interfaces.telephony import Capabilities
from mirabelle.core.interfaces.telephony_services import TransferProblem
from mirabelle.core.simulation.leg import CAPABILITIES
from mirabelle.core.simulation.people import Action, HangUp, Press, Say
from mirabelle.core.simulation.transfers import FarEnd, InOrder
from mirabelle.core.talking.destinations import Destinations
from mirabelle.core.talking.means import Means
from mirabelle.core.talking.options import ScriptOptions, TransferOptions
from mirabelle.core.testing.collecting import TIMING, menu, phrases, pressed, spoken
from mirabelle.core.testing.talking import Script, Talked, said, talk
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import CallerHungUp, Notice, Reply, TransferFailed, TransferOutcome, Transferred
from mirabelle.vxml_interpreter.commands import ActiveGrammar, Collect, Ended, EndReason, Transfer, TransferKind
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Mode
from mirabelle.vxml_interpreter.speech.prompt import Prompt

TENTH = said("x" * 10)
ANYBODY = TransferOptions(allow=("*",))


def ask(*prompts: Prompt, grammars: Sequence[Grammar] = (), **more: Any) -> Transfer:
    active = tuple(ActiveGrammar(key, grammar) for key, grammar in enumerate(grammars))
    asked = Transfer(
        prompts,
        TransferKind.BRIDGE,
        "tel:+1-617-555-0101",
        active,
        TIMING,
        frozenset(Mode),
        connecttimeout=None,
        maxtime=0,
    )
    return replace(asked, **more)


class Went:
    """How one `Transfer` went."""

    def __init__(
        self,
        asked: Transfer,
        *turns: Sequence[Action],
        far_end: FarEnd | None = None,
        options: TransferOptions = ANYBODY,
        capabilities: Capabilities = CAPABILITIES,
    ) -> None:
        self.answers: list[Reply | Notice] = []
        means = Means(capabilities, ScriptOptions(options), Destinations(options, frozenset({"tel", "sip"})))
        far_ends = InOrder([far_end] if far_end else [])
        self.talked: Talked = talk(lambda: self._script(asked), *turns, means=means, far_ends=far_ends)

    def _script(self, asked: Transfer) -> Script:
        self.answers.append((yield (asked,)))
        yield (Ended(EndReason.EXIT),)

    @property
    def answer(self) -> Reply | Notice:
        return self.answers[0]

    @property
    def told(self) -> dict[str, object]:
        (data,) = self.talked.told.of(EventKind.TRANSFER)
        return dict(data)


def far(outcome: TransferOutcome, answers: float = 2.0, duration: float | None = None, *caller: Action) -> FarEnd:
    return FarEnd(outcome, answers, duration, caller)


def test_a_bridge_is_told_with_its_outcome_and_how_long_it_was() -> None:
    went = Went(ask(TENTH), far_end=far(TransferOutcome.CONNECTED, 2, 7))
    assert went.answer == Transferred(TransferOutcome.FAR_END_DISCONNECT, 7)
    assert went.told == {
        "dest": "tel:+1-617-555-0101",
        "type": "bridge",
        "outcome": "far_end_disconnect",
        "duration": 7,
    }
    assert went.talked.took == 9.6


@pytest.mark.parametrize("outcome", ["busy", "network_busy", "unknown"])
def test_nobody_is_connected(outcome: str) -> None:
    assert Went(ask(), far_end=far(TransferOutcome(outcome))).answer == Transferred(TransferOutcome(outcome))


@pytest.mark.parametrize(
    ("asked", "options", "took"),
    [
        (ask(), ANYBODY, 30),
        (ask(connecttimeout=12.0), ANYBODY, 12),
        (ask(connecttimeout=1e9), ANYBODY, 120),
        (ask(), replace(ANYBODY, connecttimeout=17), 17),
    ],
)
def test_how_long_an_answer_is_waited_for(asked: Transfer, options: TransferOptions, took: float) -> None:
    went = Went(asked, far_end=far(TransferOutcome.NOANSWER), options=options)
    assert went.answer == Transferred(TransferOutcome.NOANSWER)
    assert went.talked.took == took


@pytest.mark.parametrize(
    ("asked", "options", "duration"),
    [
        (ask(), ANYBODY, 3600),
        (ask(maxtime=40), ANYBODY, 40),
        (ask(maxtime=1e9), ANYBODY, 3600),
        (ask(maxtime=100), replace(ANYBODY, longest=60), 60),
    ],
)
def test_no_bridge_lasts_longer_than_script_and_operator_say(
    asked: Transfer, options: TransferOptions, duration: float
) -> None:
    went = Went(asked, far_end=far(TransferOutcome.CONNECTED, 2, 1e6), options=options)
    assert went.answer == Transferred(TransferOutcome.MAXTIME_DISCONNECT, duration)


def test_a_command_ends_a_bridge() -> None:
    went = Went(
        ask(TENTH, grammars=[menu("12"), phrases("chicago")]),
        far_end=far(TransferOutcome.CONNECTED, 2, 60, Say("chicago", at=3.0)),
    )
    assert isinstance(went.answer, Transferred)
    assert went.answer.outcome is TransferOutcome.NEAR_END_DISCONNECT
    assert went.answer.matched == spoken("chicago", 1, 1)
    # The words take 0.42 s, and the recogniser waits for half a second more.
    assert went.answer.duration == pytest.approx(3.92)
    assert went.told["outcome"] == "near_end_disconnect"
    assert went.talked.told.kinds() == ["prompt", "listen", "transfer", "input", "recognized", "exit"]


def test_a_command_ends_a_transfer_that_is_not_connected_yet() -> None:
    went = Went(ask(TENTH, grammars=[menu("12")]), [Press("12")], far_end=far(TransferOutcome.CONNECTED, 20))
    assert went.answer == Transferred(TransferOutcome.NEAR_END_DISCONNECT, 0, pressed("12"))


def test_a_command_during_the_prompts_dials_nobody() -> None:
    went = Went(ask(said("x" * 100), grammars=[menu("12")]), [Press("12", at=1.0)], options=TransferOptions())
    assert went.answer == Transferred(TransferOutcome.NEAR_END_DISCONNECT, 0, pressed("12"))
    assert went.talked.took == 1.2


def test_other_input_is_ignored_also_in_the_prompts_of_a_bridge() -> None:
    prompt = said("x" * 100)
    went = Went(
        ask(prompt, grammars=[menu("12")]),
        [Say("hello", at=0.5), Press("99", at=2.0)],
        far_end=far(TransferOutcome.CONNECTED, 2, 10, Say("bye", at=1.0), Press("3")),
    )
    assert went.answer == Transferred(TransferOutcome.FAR_END_DISCONNECT, 10)
    assert "cut" not in went.talked.told.of(EventKind.PROMPT)[0]


def test_without_grammars_keys_are_typed_ahead() -> None:
    def script() -> Script:
        yield (ask(),)
        answer = yield (Collect((), (ActiveGrammar(0, menu("7")),), TIMING, frozenset({Mode.DTMF})),)
        yield (Ended(EndReason.EXIT, {"heard": answer == pressed("7")}),)

    means = Means(CAPABILITIES, destinations=Destinations(ANYBODY, frozenset({"tel"})))
    far_ends = InOrder([far(TransferOutcome.CONNECTED, 0, 5, Press("7", at=1.0))])
    assert talk(script, means=means, far_ends=far_ends).ended.values == {"heard": True}


@pytest.mark.parametrize("grammars", [(), (menu("1"),)])
@pytest.mark.parametrize("kind", [TransferKind.BRIDGE, TransferKind.BLIND])
def test_the_caller_hangs_up(kind: TransferKind, grammars: Sequence[Grammar]) -> None:
    went = Went(ask(kind=kind, grammars=grammars), far_end=far(TransferOutcome.HANGUP, 2, 3))
    assert went.answer == CallerHungUp()
    assert went.told["outcome"] == "hangup"


@pytest.mark.parametrize("grammars", [(), (menu("1"),)])
def test_the_caller_hangs_up_during_the_prompts(grammars: Sequence[Grammar]) -> None:
    went = Went(ask(said("x" * 100), grammars=grammars, kind=TransferKind.BLIND), [HangUp(at=1.0)])
    if grammars:
        assert went.answer == CallerHungUp()
        assert went.talked.told.of(EventKind.TRANSFER) == []
    else:
        # Nobody listens, so the caller was not even asked what he does.
        assert went.answer == Transferred(TransferOutcome.CONNECTED)


@pytest.mark.parametrize("kind", [TransferKind.BLIND, TransferKind.CONSULTATION])
def test_the_caller_is_handed_over(kind: TransferKind) -> None:
    went = Went(ask(TENTH, kind=kind), far_end=far(TransferOutcome.CONNECTED, 1))
    assert went.answer == Transferred(TransferOutcome.CONNECTED)
    assert went.talked.line.ended is not None
    assert went.talked.line.ended.cause.text == "transferred to tel:+16175550101"


@pytest.mark.parametrize(
    ("asked", "options", "capabilities", "event"),
    [
        (ask(), TransferOptions(), CAPABILITIES, "error.connection.noauthorization"),
        (ask(destination="tel:+19005550100"), replace(ANYBODY, deny=("tel:+1900*",)), CAPABILITIES,
         "error.connection.noauthorization"),
        (ask(), replace(ANYBODY, kinds=(TransferKind.BLIND,)), CAPABILITIES, "error.connection.noauthorization"),
        (ask(destination="nobody"), ANYBODY, CAPABILITIES, "error.connection.baddestination"),
        (ask(destination=""), ANYBODY, CAPABILITIES, "error.connection.baddestination"),
        (ask(destination="fax:+16175550100"), ANYBODY, CAPABILITIES, "error.unsupported.uri"),
        (ask(), ANYBODY, Capabilities(transfer_blind=True), "error.unsupported.transfer.bridge"),
        (ask(kind=TransferKind.BLIND), ANYBODY, Capabilities(), "error.unsupported.transfer.blind"),
        (ask(kind=TransferKind.CONSULTATION), ANYBODY, Capabilities(transfer_bridge=True),
         "error.unsupported.transfer.consultation"),
    ],
)  # fmt: skip
def test_what_cannot_be_tried(
    asked: Transfer, options: TransferOptions, capabilities: Capabilities, event: str
) -> None:
    went = Went(replace(asked, prompts=(TENTH,)), options=options, capabilities=capabilities)
    assert isinstance(went.answer, TransferFailed)
    assert went.answer.event == event
    assert went.answer.message
    assert went.told["outcome"] is None
    assert went.talked.told.kinds()[0] == "prompt", "what was queued is heard all the same"


def test_what_the_telephony_refuses() -> None:
    went = Went(ask(), far_end=FarEnd(problem=TransferProblem.NO_ROUTE))
    assert went.answer == TransferFailed("error.connection.noroute", "tel:+16175550101 cannot be reached")
