"""The driver, with an interpreter that does what each test says and a simulated caller."""

import asyncio
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from mirabelle.core.dialog import Dialogue
from mirabelle.core.interfaces.telephony import Cause, EndedBy, HungUp, Pressed
from mirabelle.core.line import Line
from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.simulation.people import Action, HangUp, HeardPrompt, Press, Say
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.collecting import collect, menu, phrases, pressed
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.commands import (
    Breathe,
    CallerHungUp,
    Command,
    Disconnect,
    Done,
    Ended,
    EndReason,
    Entered,
    Fetch,
    Fetched,
    FetchFailed,
    FetchRequest,
    Log,
    NothingHeard,
    Notice,
    Play,
    Prompt,
    Reply,
    SessionChanged,
    Text,
    Thrown,
)

START = FetchRequest("http://app/start")
OK = Fetched("http://app/start", 200, {}, b"<vxml/>")
Script = Generator[tuple[Command, ...], Reply | Notice, None]


def said(text: str, *, bargein: bool = True) -> Prompt:
    """At 60 ms a character, ten characters are 0.6 s."""
    return Prompt((Text(text),), bargein)


@dataclass
class Scripted:
    """An interpreter that plays a generator. A hang-up closes `Collect` and `Play`, and waits otherwise."""

    script: Script
    notices: list[Notice] = field(default_factory=list)
    _open: Command | None = None

    def start(self, request: FetchRequest) -> Sequence[Command]:
        return self._kept(next(self.script))

    def handle(self, event: Reply | Notice) -> Sequence[Command]:
        if isinstance(event, SessionChanged | CallerHungUp):
            self.notices.append(event)
            if isinstance(event, SessionChanged) or isinstance(self._open, Fetch | Breathe | Ended):
                return ()
        return self._kept(self.script.send(event))

    def _kept(self, commands: tuple[Command, ...]) -> tuple[Command, ...]:
        self._open = commands[-1]
        return commands


@dataclass
class Caller:
    """Does the first thing of its list when first listened to, and so on; then nothing."""

    turns: list[Sequence[Action]]
    heard: list[list[str]] = field(default_factory=list)

    def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action]:
        self.heard.append([prompt.text for prompt in heard])
        return self.turns.pop(0) if self.turns else ()


@dataclass
class Told:
    """What the driver told, with its instants since the beginning."""

    clock: VirtualClock
    events: list[tuple[float, EventKind, Mapping[str, object]]] = field(default_factory=list)

    def __call__(self, kind: EventKind, data: Mapping[str, object], at: float | None = None) -> None:
        self.events.append((round(self.clock.monotonic() if at is None else at, 3), kind, data))

    def kinds(self) -> list[EventKind]:
        return [kind for _, kind, _ in self.events]

    def of(self, kind: EventKind) -> list[Mapping[str, object]]:
        return [data for _, each, data in self.events if each is kind]

    def at(self, kind: EventKind) -> list[float]:
        return [at for at, each, _ in self.events if each is kind]


@dataclass
class Talked:
    ended: Ended
    told: Told
    caller: Caller
    interpreter: Scripted
    line: Line
    took: float


async def fetch_ok(request: FetchRequest) -> Fetched | FetchFailed:
    return OK


def talk(
    script: Callable[[], Script],
    *turns: Sequence[Action],
    fetch: Callable[[VirtualClock], Callable[[FetchRequest], object]] = lambda clock: fetch_ok,
    meanwhile: Callable[[VirtualClock, Line, SimulatedLeg], object] | None = None,
) -> Talked:
    """Run a script with a caller who has these turns."""

    async def main(clock: VirtualClock) -> Talked:
        line, told, caller = Line(clock), Told(clock), Caller(list(turns))
        leg = SimulatedLeg(caller, clock, line.report)
        interpreter = Scripted(script())
        dialogue = Dialogue(interpreter, leg, line, fetch(clock), clock, told)  # type: ignore[arg-type]
        others = asyncio.ensure_future(meanwhile(clock, line, leg)) if meanwhile else None  # type: ignore[call-overload]
        ended = await dialogue.run(START)
        took = clock.monotonic()
        if others is not None:
            await others
        await clock.sleep(0.001)
        return Talked(ended, told, caller, interpreter, line, round(took, 3))

    return virtual_time.run(main)


# ---- the ordinary course ----


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
        "ssml": "<speak>0123456789</speak>",
        "bargein": True,
    }
    assert talked.told.of(EventKind.EXIT) == [{"values": {"x": 1}, "reason": "exit", "error": None}]


def one_collect(*prompts: Prompt) -> Callable[[], Script]:
    def script() -> Script:
        answer = yield (collect(menu("1", "12"), phrases("red"), prompts=prompts),)
        assert not isinstance(answer, CallerHungUp), "closed"
        yield (Ended(EndReason.EXIT, {"answer": repr(answer)}),)

    return script


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

    def slow(clock: VirtualClock) -> Callable[[FetchRequest], object]:
        async def fetch(request: FetchRequest) -> Fetched:
            await clock.sleep(2)
            return OK

        return fetch

    talked = talk(script, fetch=slow)
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


# ---- the end ----


def test_disconnect_hangs_up() -> None:
    def script() -> Script:
        yield Disconnect(), Fetch(FetchRequest("http://app/bye"))
        yield (Ended(EndReason.DISCONNECT),)

    talked = talk(script)
    assert talked.told.kinds() == ["disconnect", "fetch", "exit"]
    assert talked.line.ended is not None
    assert talked.line.ended.cause.by is EndedBy.PLATFORM


def test_the_end_hangs_up() -> None:
    talked = talk(one_collect())
    assert talked.line.ended is not None
    assert talked.line.ended.cause.by is EndedBy.PLATFORM


def hung_up_then(*commands: Command) -> Callable[[], Script]:
    def script() -> Script:
        answer = yield (collect(menu("1"), prompts=[said("0123456789" * 10)]),)
        assert answer == CallerHungUp()
        for command in commands:
            yield (command,)
        yield (Ended(EndReason.HANGUP),)

    return script


def test_a_hang_up_closes_the_collection_and_the_script_may_still_fetch() -> None:
    talked = talk(hung_up_then(Fetch(FetchRequest("http://app/bye"))), [HangUp(at=2)])
    assert talked.ended == Ended(EndReason.HANGUP)
    assert talked.told.kinds() == ["prompt", "listen", "fetch", "exit"]
    assert talked.told.of(EventKind.PROMPT)[0]["cut"] is True
    assert talked.interpreter.notices == [CallerHungUp()]
    assert talked.took == 2


def test_after_a_hang_up_a_script_has_a_minute() -> None:
    def slow(clock: VirtualClock) -> Callable[[FetchRequest], object]:
        async def fetch(request: FetchRequest) -> Fetched:
            await clock.sleep(45)
            return OK

        return fetch

    two = hung_up_then(Fetch(FetchRequest("http://app/1")), Fetch(FetchRequest("http://app/2")))
    talked = talk(two, [HangUp(at=2)], fetch=slow)
    assert talked.took == 62
    assert talked.ended.reason is EndReason.HANGUP
    assert "60 s" in str(talked.ended.error)
    assert talked.told.kinds()[-1] is EventKind.EXIT


def test_a_script_that_only_breathes_after_a_hang_up_ends_too() -> None:
    def script() -> Script:
        yield (collect(menu("1")),)
        while True:
            yield (Breathe(),)

    async def meanwhile(clock: VirtualClock, line: Line, leg: SimulatedLeg) -> None:
        await clock.sleep(61)

    # Virtual time passes only while everybody waits, so the script sleeps a little between its breaths.
    async def main(clock: VirtualClock) -> Ended:
        line = Line(clock)
        leg = SimulatedLeg(Caller([[HangUp()]]), clock, line.report)

        class Busy(Scripted):
            def handle(self, event: Reply | Notice) -> Sequence[Command]:
                return (Fetch(START),) if isinstance(event, CallerHungUp | Done | Fetched) else super().handle(event)

        async def fetch(request: FetchRequest) -> Fetched:
            await clock.sleep(0.5)
            return OK

        return await Dialogue(Busy(script()), leg, line, fetch, clock, Told(clock)).run(START)

    assert virtual_time.run(main).reason is EndReason.HANGUP


def test_a_hang_up_during_a_request_waits_for_it() -> None:
    def script() -> Script:
        answer = yield (collect(menu("1")),)
        answer = yield (Fetch(START),)
        assert answer == OK
        yield (Ended(EndReason.HANGUP),)

    def slow(clock: VirtualClock) -> Callable[[FetchRequest], object]:
        async def fetch(request: FetchRequest) -> Fetched:
            await clock.sleep(10)
            return OK

        return fetch

    talked = talk(script, [Press("1"), HangUp(at=3)], fetch=slow)
    assert talked.interpreter.notices == [CallerHungUp()]
    assert talked.told.of(EventKind.FETCH)[0]["status"] == 200


def test_a_hang_up_after_the_answer_closes_what_comes_next() -> None:
    def script() -> Script:
        answer = yield (collect(menu("1"), prompts=[said("0123456789" * 10)]),)
        assert answer == pressed("1")
        answer = yield (Play((said("cut short"),)),)
        assert answer == CallerHungUp()
        yield (Ended(EndReason.HANGUP),)

    talked = talk(script, [Press("1", at=2), HangUp(at=2.3)])
    assert talked.ended == Ended(EndReason.HANGUP)
    assert [prompt["cut"] for prompt in talked.told.of(EventKind.PROMPT)] == [True, True]


def test_a_hang_up_in_the_very_instant_of_the_answer_closes_what_comes_next() -> None:
    def script() -> Script:
        answer = yield (collect(menu("1"), prompts=[said("0123456789" * 10)]),)
        assert answer == pressed("1")
        answer = yield (Play((said("never heard"),)),)
        assert answer == CallerHungUp()
        yield (Ended(EndReason.HANGUP),)

    async def meanwhile(clock: VirtualClock, line: Line, leg: SimulatedLeg) -> None:
        await clock.sleep(2)
        line.report(Pressed(2, "1"))
        leg.hang_up()

    talked = talk(script, meanwhile=meanwhile)
    assert talked.ended == Ended(EndReason.HANGUP)
    assert [prompt["text"] for prompt in talked.told.of(EventKind.PROMPT)] == ["0123456789" * 10]


def test_an_operator_hangs_up_like_a_caller() -> None:
    async def meanwhile(clock: VirtualClock, line: Line, leg: SimulatedLeg) -> None:
        await clock.sleep(1)
        leg.hang_up()

    talked = talk(hung_up_then(), meanwhile=meanwhile)
    assert talked.ended == Ended(EndReason.HANGUP)
    assert talked.took == 1


def test_a_leg_that_is_over_before_the_dialogue_begins() -> None:
    async def main(clock: VirtualClock) -> Ended:
        line = Line(clock)
        leg = SimulatedLeg(Caller([]), clock, line.report)
        leg.hang_up()
        await clock.sleep(1)
        dialogue = Dialogue(Scripted(hung_up_then()()), leg, line, fetch_ok, clock, Told(clock))
        return await dialogue.run(START)

    assert virtual_time.run(main) == Ended(EndReason.HANGUP)


def test_an_error_of_the_interpreter_ends_the_dialogue_in_order() -> None:
    def script() -> Script:
        yield (Play((said("0123456789"),)),)
        raise RuntimeError("a bug")

    talked = talk(script)
    assert talked.ended == Ended(EndReason.ERROR, error="internal error: RuntimeError: a bug")
    assert talked.told.kinds() == ["prompt", "platform", "exit"]
    (problem,) = talked.told.of(EventKind.PLATFORM)
    assert problem["error"] == "RuntimeError: a bug"
    assert 'raise RuntimeError("a bug")' in str(problem["traceback"])
    assert talked.line.ended is not None


def test_cancellation_hangs_up_and_stops_the_request() -> None:
    stopped = []

    async def main(clock: VirtualClock) -> HungUp | None:
        async def fetch(request: FetchRequest) -> Fetched:
            try:
                await clock.sleep(1000)
            finally:
                stopped.append(clock.monotonic())
            return OK

        def script() -> Script:
            yield (Fetch(START),)

        line = Line(clock)
        leg = SimulatedLeg(Caller([]), clock, line.report)
        running = asyncio.ensure_future(Dialogue(Scripted(script()), leg, line, fetch, clock, Told(clock)).run(START))
        await clock.sleep(5)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await clock.sleep(1)
        return line.ended

    assert virtual_time.run(main) == HungUp(5, Cause(EndedBy.PLATFORM, q850=16))
    assert stopped == [5]
