"""The driver in the ordinary course, with an interpreter that does what each test says and a simulated caller."""

from collections.abc import Callable

from mirabelle.core.dialog import Dialogue
from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.simulation.people import Press, Say
from mirabelle.core.talking.line import Line
from mirabelle.core.talking.ssml import ssml
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.collecting import collect, menu, phrases, pressed
from mirabelle.core.testing.talking import OK, START, Caller, Script, Scripted, Told, fetch_ok, said, slowly, talk
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import CallerHungUp, Done, FetchFailed, NothingHeard, Notice, SessionChanged
from mirabelle.vxml_interpreter.commands import (
    Breathe,
    Ended,
    EndReason,
    Entered,
    Fetch,
    FetchRequest,
    Log,
    Play,
    Thrown,
)
from mirabelle.vxml_interpreter.speech.prompt import Prompt


def one_collect(*prompts: Prompt) -> Callable[[], Script]:
    def script() -> Script:
        answer = yield (collect(menu("1", "12"), phrases("red"), prompts=prompts),)
        assert not isinstance(answer, CallerHungUp), "closed"
        yield (Ended(EndReason.EXIT, {"answer": repr(answer)}),)

    return script


def test_what_is_played_is_told_when_it_is_over() -> None:
    def script() -> Script:
        answer = yield Log("a", "b"), Entered("http://app/start"), Play((said("0123456789"), said("01234")))
        assert answer == Done()
        yield (Ended(EndReason.EXIT, {"x": 1}),)

    talked = talk(script)
    assert talked.ended == Ended(EndReason.EXIT, {"x": 1})
    assert talked.took == 0.9
    assert [(at, kind) for at, kind, _ in talked.told.events] == [
        (0, EventKind.LOG),
        (0, EventKind.DOCUMENT),
        (0, EventKind.PROMPT),
        (0.6, EventKind.PROMPT),
        (0.9, EventKind.EXIT),
    ]
    assert talked.told.of(EventKind.PROMPT)[0] == {
        "text": "0123456789",
        "ssml": ssml(said("0123456789")),
        "bargein": True,
    }
    assert talked.told.of(EventKind.EXIT) == [{"values": {"x": 1}, "reason": "exit", "error": None}]


def test_keys_after_the_prompt() -> None:
    talked = talk(one_collect(said("0123456789")), [Press("1")])
    assert talked.ended.values == {"answer": repr(pressed("1"))}
    assert talked.took == 0.6 + 3
    assert talked.told.kinds() == ["prompt", "listen", "input", "recognized", "exit"]
    assert talked.told.of(EventKind.LISTEN) == [{"grammars": ["dtmf 0", "voice 1"], "timeout": 5}]
    assert talked.told.of(EventKind.INPUT) == [{"mode": "dtmf", "value": "1"}]
    assert talked.told.of(EventKind.RECOGNIZED) == [
        {"utterance": "1", "interpretation": "1", "confidence": 1.0, "grammar": "dtmf 0"}
    ]


def test_silence() -> None:
    talked = talk(one_collect(said("0123456789")))
    assert talked.ended.values == {"answer": repr(NothingHeard())}
    assert talked.took == 5.6
    assert talked.told.kinds() == ["prompt", "listen", "input", "noinput", "exit"]


def test_speech_interrupts_and_the_rest_is_never_heard() -> None:
    talked = talk(one_collect(said("0123456789" * 10), said("never")), [Say("RED", at=1.5, lasts=1)])
    assert talked.took == 1.5 + 1 + 0.5
    (heard,) = talked.told.of(EventKind.PROMPT)
    assert heard["cut"] is True
    assert talked.told.at(EventKind.LISTEN) == [1.5]
    assert talked.told.of(EventKind.INPUT) == [{"mode": "voice", "value": "RED"}]
    assert talked.told.of(EventKind.RECOGNIZED)[0]["utterance"] == "red"


def test_what_is_not_understood() -> None:
    talked = talk(one_collect(), [Say("pink")])
    assert talked.told.of(EventKind.INPUT) == [{"mode": "voice", "value": "pink"}]
    assert talked.told.of(EventKind.NOMATCH) == [{"utterance": "pink", "confidence": 1.0}]


def test_keys_in_a_transition_answer_the_next_collection_before_its_prompts() -> None:
    def script() -> Script:
        yield (collect(menu("9"), prompts=[said("first")]),)
        yield (Play((said("0123456789" * 3),)),)
        answer = yield (collect(menu("5"), prompts=[said("never heard")]),)
        yield (Ended(EndReason.EXIT, {"answer": repr(answer)}),)

    talked = talk(script, [Press("9"), Press("5", at=1)])
    assert talked.ended.values == {"answer": repr(pressed("5"))}
    assert [prompt["text"] for prompt in talked.told.of(EventKind.PROMPT)] == ["first", "0123456789" * 3]


def test_a_prompt_that_cannot_be_interrupted_deletes_keys_of_the_transition() -> None:
    def script() -> Script:
        yield (collect(menu("9"), prompts=[said("first")]),)
        yield (Play((said("0123456789" * 3, bargein=False),)),)
        answer = yield (collect(menu("5")),)
        yield (Ended(EndReason.EXIT, {"answer": repr(answer)}),)

    assert talk(script, [Press("9"), Press("5", at=1)]).ended.values == {"answer": repr(NothingHeard())}


def test_a_request_is_told_with_its_answer_and_what_is_played_meanwhile_stops() -> None:
    def script() -> Script:
        request = FetchRequest("http://app/next?a=1", method="get", fields=(("b", "2 3"), ("b", "4")))
        answer = yield (Fetch(request, (said("0123456789" * 10, bargein=False),)),)
        assert answer == OK
        yield (Ended(EndReason.END),)

    talked = talk(script, fetch=slowly(2))
    assert talked.took == 2
    assert talked.told.kinds() == ["prompt", "fetch", "exit"]
    assert talked.told.of(EventKind.PROMPT)[0]["cut"] is True
    assert talked.told.of(EventKind.FETCH) == [
        {
            "method": "GET",
            "url": "http://app/next?a=1&b=2+3&b=4",
            "fields": {"b": ["2 3", "4"]},
            "purpose": "document",
            "status": 200,
        }
    ]


def test_a_request_without_answer_says_why() -> None:
    def script() -> Script:
        answer = yield (Fetch(FetchRequest("http://app/x", method="post")),)
        assert answer == FetchFailed("no route")
        yield Thrown("error.badfetch", "no route", None), Ended(EndReason.ERROR, error="error.badfetch")

    async def failing(request: FetchRequest) -> FetchFailed:
        return FetchFailed("no route")

    talked = talk(script, fetch=lambda clock: failing)
    assert talked.told.of(EventKind.FETCH)[0]["error"] == "no route"
    assert talked.told.of(EventKind.FETCH)[0]["status"] is None
    assert talked.told.of(EventKind.THROWN) == [{"name": "error.badfetch", "message": "no route", "caught_by": None}]


def test_a_script_that_breathes_lets_notices_in() -> None:
    def script() -> Script:
        for _ in range(20):
            yield (Breathe(),)
        yield (Ended(EndReason.END),)

    async def meanwhile(clock: VirtualClock, line: Line, leg: SimulatedLeg) -> None:
        line.notify(SessionChanged("connection.callee_type", "voice"))

    talked = talk(script, meanwhile=meanwhile)
    assert talked.interpreter.notices == [SessionChanged("connection.callee_type", "voice")]
    assert talked.told.of(EventKind.SESSION) == [{"path": "connection.callee_type", "value": "voice"}]


def test_a_script_goes_on_with_all_the_news() -> None:
    def script() -> Script:
        yield (Fetch(START),)
        yield (Ended(EndReason.END),)

    async def main(clock: VirtualClock) -> list[Notice]:
        line = Line(clock)
        line.notify(SessionChanged("connection.callee_type", "voice"))
        leg, interpreter = SimulatedLeg(Caller([]), clock, line.report), Scripted(script())
        await Dialogue(interpreter, leg, line, fetch_ok, clock, Told(clock)).run(START)
        return interpreter.notices

    assert virtual_time.run(main) == [SessionChanged("connection.callee_type", "voice")]
