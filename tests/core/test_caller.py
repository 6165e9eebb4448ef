"""Attempts from dialling to the end, with the loopback's callees, the shipped detector and real scripts."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from mirabelle.core.caller import Caller, CallerServices
from mirabelle.core.choosing import chooser
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.detection import CalleeDetector
from mirabelle.core.interfaces.telephony import (
    Answered,
    Cause,
    DialRequest,
    EndedBy,
    HungUp,
    Leg,
    Report,
    TelephonyBackend,
)
from mirabelle.core.outcome import AttemptEnd
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.virtual_time import START, VirtualClock
from mirabelle.core.types import (
    Account,
    Attempt,
    AttemptState,
    Call,
    CalleeDetection,
    CalleeType,
    CallRequest,
    CallState,
    Claim,
    Due,
    Event,
    EventKind,
)
from mirabelle.plugins.detector_call_progress import CallProgressDetector, CallProgressOptions
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.plugins.telephony_loopback import LoopbackOptions, LoopbackTelephony
from mirabelle.vxml_interpreter.commands import Fetched, FetchFailed, FetchRequest
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.script import Json

URL = "http://app/start"
HEAD = '<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form>'
TAIL = "</form></vxml>"
MENU = f"""{HEAD}
<block><log label="at first" expr="session.connection.callee_type"/></block>
<field name="key" type="digits?length=1">
  <prompt>This is a question that takes more than two seconds. Press 1.</prompt>
  <noinput count="2"><exit/></noinput>
  <filled>
    <log label="in the end" expr="session.connection.callee_type + ' ' + key"/>
    <prompt>Good bye.</prompt>
  </filled>
</field>{TAIL}"""
WAITING = f"""{HEAD}
<catch event="connection.disconnect.hangup"><submit next="gone" namelist="x"/></catch>
<var name="x" expr="session.outbound.attempt"/>
<block><prompt>Please hold the line.<break time="500s"/></prompt></block>
<field name="key" type="digits"/>{TAIL}"""


@dataclass
class World:
    """The surroundings of one attempt, and what was seen of it."""

    clock: Clock
    backend: LoopbackTelephony
    documents: Mapping[str, Fetched | FetchFailed]
    events: list[Event] = field(default_factory=list)
    requests: list[tuple[float, FetchRequest]] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)

    def services(self, **changes: Any) -> CallerServices:
        engine, documents = Js2pyEngine(clock=self.clock.now), Documents()
        services = CallerServices(
            clock=self.clock,
            emit=self.events.append,
            choose_backend=chooser([self.backend], lambda call: None),
            detectors=[CallProgressDetector(CallProgressOptions(), lent(self.clock))],
            interpreter=lambda session: Interpreter(engine, session, documents),
            fetch=lambda call_id: self.fetch,
        )
        return replace(services, **changes)

    async def fetch(self, request: FetchRequest) -> Fetched | FetchFailed:
        self.requests.append((self.clock.monotonic(), request))
        await self.clock.sleep(0.1)
        return self.documents.get(request.url, FetchFailed(f"nobody answers at {request.url}"))

    async def tell_answered(self, at: float) -> None:
        self.answered.append(at)

    def of(self, kind: EventKind) -> list[Mapping[str, object]]:
        return [event.data for event in self.events if event.kind is kind]

    def logged(self) -> dict[object, object]:
        return {data["label"]: data["text"] for data in self.of(EventKind.LOG)}

    def instants(self, kind: EventKind) -> list[float]:
        return [round(event.at - START, 6) for event in self.events if event.kind is kind]


def claim(destination: str, attempt: int = 1, **fields: Any) -> Claim:
    request = CallRequest("acme", f"raw {destination}", destination, URL, caller_id="+16175550100", **fields)
    last = Attempt(attempt, AttemptState.DIALLING, START)
    call = Call(7, request, CallState.DIALLING, START - 60, Due(START), attempt, last)
    return Claim(call, 1, "node", START + 30)


def page(text: str, status: int = 200) -> Fetched:
    return Fetched(URL, status, {"content-type": "application/voicexml+xml"}, text.encode())


class LateClock:
    """Wakes everybody a second late: what a loop of many calls does with a clock that runs sixty times as fast."""

    def __init__(self, clock: VirtualClock) -> None:
        self.now, self.monotonic = clock.now, clock.monotonic
        self._clock = clock

    async def sleep(self, seconds: float) -> None:
        await self._clock.sleep(seconds + 1)


def in_world(
    data: Path,
    main: Callable[[World], Coroutine[Any, Any, None]],
    document: Fetched | FetchFailed | None = None,
    late: bool = False,
) -> World:
    async def whole(virtual: VirtualClock) -> World:
        clock: Clock = LateClock(virtual) if late else virtual
        backend = LoopbackTelephony(LoopbackOptions(), lent(clock, data=data))
        await backend.open()
        documents = {URL: document or page(MENU), "http://app/gone": page(f"{HEAD}<block/>{TAIL}")}
        world = World(clock, backend, documents)
        await main(world)
        await backend.close()
        return world

    return virtual_time.run(whole)


def attempted(
    data: Path,
    asked: Claim,
    document: Fetched | FetchFailed | None = None,
    account: Account | None = None,
    late: bool = False,
    **changes: Any,
) -> tuple[AttemptEnd, World]:
    ends: list[AttemptEnd] = []

    async def main(world: World) -> None:
        caller = Caller(world.services(**changes))
        ends.append(await caller.attempt(asked, account or Account("acme"), world.tell_answered))

    world = in_world(data, main, document, late)
    return ends[0], world


@pytest.mark.parametrize(
    ("digit", "attempt", "callee_type", "answered"),
    [
        ("0", 1, CalleeType.VOICE, True),
        ("1", 1, CalleeType.VOICE, True),
        ("2", 1, CalleeType.ANSWERINGMACHINE, True),
        ("3", 1, CalleeType.FAXMACHINE, True),
        ("4", 1, CalleeType.BUSY, False),
        ("5", 1, CalleeType.NOANSWER, False),
        ("6", 1, CalleeType.INFORMATIONTONE, False),
        ("7", 1, CalleeType.LINEFAILURE, False),
        ("8", 1, CalleeType.VOICE, True),
        ("9", 1, CalleeType.BUSY, False),
        ("9", 2, CalleeType.VOICE, True),
    ],
)
@pytest.mark.parametrize("mode", [CalleeDetection.ASYNC, CalleeDetection.SYNC, CalleeDetection.BEEP])
def test_every_callee_of_the_loopback(
    tmp_path: Path, mode: CalleeDetection, digit: str, attempt: int, callee_type: CalleeType, answered: bool
) -> None:
    end, world = attempted(tmp_path, claim(f"+1617555010{digit}", attempt, callee_detection=mode))
    assert end.callee_type is callee_type
    assert (end.answered_at is not None) is answered
    assert [request.url for _, request in world.requests] == [URL] * answered
    assert world.answered == [end.answered_at] * answered
    assert len(world.of(EventKind.HUNG_UP)) == 1
    assert [data["callee_type"] for data in world.of(EventKind.VERDICT)] == [callee_type]


@pytest.mark.parametrize(
    ("digit", "callee_type"),
    [
        ("1", CalleeType.VOICE),
        ("2", CalleeType.ANSWERINGMACHINE),
        ("3", CalleeType.FAXMACHINE),
        ("5", CalleeType.NOANSWER),
        ("8", CalleeType.VOICE),
    ],
)
def test_a_busy_loop_makes_nobody_a_machine(tmp_path: Path, digit: str, callee_type: CalleeType) -> None:
    end, _ = attempted(tmp_path, claim(f"+1617555010{digit}"), late=True)
    assert end.callee_type is callee_type


def test_the_script_starts_at_once_and_sees_the_verdict_come_after_two_seconds(tmp_path: Path) -> None:
    end, world = attempted(tmp_path, claim("loopback:voice?rings=1&decides=2"))
    assert world.logged() == {"at first": "processing", "in the end": "voice 1"}
    assert world.instants(EventKind.ANSWERED) == [2.0]
    assert [at for at, _ in world.requests] == [2.0]
    assert world.instants(EventKind.VERDICT) == [4.0]
    assert world.of(EventKind.SESSION) == [{"path": "connection.callee_type", "value": "voice"}]
    assert world.instants(EventKind.SESSION) == [4.0]
    assert end.callee_type is CalleeType.VOICE


def test_sync_waits_for_the_verdict(tmp_path: Path) -> None:
    asked = claim("loopback:voice?rings=1&decides=2", callee_detection=CalleeDetection.SYNC)
    _, world = attempted(tmp_path, asked)
    assert [at for at, _ in world.requests] == [pytest.approx(4.0)]
    assert world.logged() == {"at first": "voice", "in the end": "voice 1"}


def test_sync_does_not_wait_for_ever(tmp_path: Path) -> None:
    slow = CallProgressDetector(CallProgressOptions(listens=60, silence=60), lent())
    asked = claim("loopback:voice?rings=0&greeting=", callee_detection=CalleeDetection.SYNC)
    end, world = attempted(tmp_path, asked, detectors=[slow], decides_within=10)
    assert [at for at, _ in world.requests] == [10.0]
    assert world.logged()["at first"] == "unknown"
    assert end.callee_type is CalleeType.UNKNOWN


def test_beep_waits_for_the_beep_of_a_machine(tmp_path: Path) -> None:
    asked = claim("loopback:machine?rings=0&greeting=" + "x" * 100, callee_detection=CalleeDetection.BEEP)
    _, world = attempted(tmp_path, asked)
    (verdict,) = world.instants(EventKind.VERDICT)
    assert verdict == pytest.approx(2.4)
    assert [at for at, _ in world.requests] == [pytest.approx(6.5)]
    assert world.logged()["at first"] == "answeringmachine"


def test_beep_does_not_wait_for_a_beep_for_ever(tmp_path: Path) -> None:
    asked = claim("loopback:machine?rings=0&greeting=" + "x" * 1000, callee_detection=CalleeDetection.BEEP)
    _, world = attempted(tmp_path, asked, beeps_within=5.0)
    assert [at for at, _ in world.requests] == [pytest.approx(2.4 + 5)]


def test_a_person_who_leaves_while_the_verdict_is_waited_for_gets_no_script(tmp_path: Path) -> None:
    asked = claim("loopback:voice?rings=0&stays=1", callee_detection=CalleeDetection.SYNC)
    end, world = attempted(tmp_path, asked)
    assert world.requests == []
    assert end.callee_type is CalleeType.VOICE
    assert end.answered_at is not None
    assert end.ended_at - end.answered_at == pytest.approx(1)


def test_off_listens_to_nobody_but_still_reads_the_signalling(tmp_path: Path) -> None:
    end, world = attempted(tmp_path, claim("+16175550101", callee_detection=CalleeDetection.OFF))
    assert end.callee_type is CalleeType.UNKNOWN
    assert world.logged() == {"at first": "unknown", "in the end": "unknown 1"}
    end, _ = attempted(tmp_path, claim("+16175550104", callee_detection=CalleeDetection.OFF))
    assert end.callee_type is CalleeType.BUSY


def test_start_url_gets_the_fields_of_the_contract(tmp_path: Path) -> None:
    asked = claim(
        "+16175550101",
        message_reference="ref",
        call_parameters="a=1",
        campaign_parameters="b=2",
        variables={"name": "Ada", "call_id": "forged"},
    )
    _, world = attempted(tmp_path, asked)
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
    _, world = attempted(tmp_path, asked, account=Account("acme", start_url_method="get"))
    assert world.requests[0][1].method == "get"


def test_digits_are_sent_after_the_answer_and_before_the_script(tmp_path: Path) -> None:
    _, world = attempted(tmp_path, claim("loopback:voice?rings=1", post_dial="1pp2#"))
    assert [at for at, _ in world.requests] == [pytest.approx(2 + 3 * 0.2 + 2 * 1.0)]
    assert '"digits": "1pp2#"' in (tmp_path / "loopback" / "legs.jsonl").read_text()


def test_the_session_of_the_script(tmp_path: Path) -> None:
    sessions: list[Mapping[str, Json]] = []

    async def main(world: World) -> None:
        services = world.services()

        def interpreter(session: Mapping[str, Json]) -> Any:
            sessions.append(session)
            return services.interpreter(session)

        added: Iterable[Mapping[str, Json]] = [{"crm": {"vip": True}, "connection": {"callee_type": "forged", "x": 1}}]
        caller = Caller(replace(services, interpreter=interpreter, variables=lambda call: added))
        asked = claim("+16175550101", 2, message_reference="ref", variables={"name": "Ada", "attempt": "forged"})
        await caller.attempt(asked, Account("acme"), world.tell_answered)

    in_world(tmp_path, main)
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


def test_variables_of_a_plugin_that_fails_are_missing_and_it_is_told(tmp_path: Path) -> None:
    def variables(call: Call) -> Sequence[Mapping[str, Json]]:
        raise RuntimeError("no customer database")

    end, world = attempted(tmp_path, claim("+16175550101"), variables=variables)
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
        (page(f"{HEAD}<block><throw event='error.mine' message='broken'/></block>{TAIL}"), "error.mine"),
        (page(f"{HEAD}<block><script>while (true) {{}}</script></block>{TAIL}"), "error.semantic"),
    ],
    ids=["404", "html", "broken", "empty", "no answer", "throws", "loops"],
)
def test_a_script_that_fails_ends_the_call_in_order(
    tmp_path: Path, document: Fetched | FetchFailed, reason: str
) -> None:
    end, world = attempted(tmp_path, claim("loopback:voice?rings=0"), document)
    assert end.answered_at == START
    assert reason in end.cause
    (exit_,) = world.of(EventKind.EXIT)
    assert reason in str(exit_["error"])
    assert [data["by"] for data in world.of(EventKind.HUNG_UP)] == ["platform"]


def test_an_interpreter_that_cannot_be_made_ends_the_call_in_order(tmp_path: Path) -> None:
    def broken(session: Mapping[str, Json]) -> Any:
        raise RuntimeError("no engine")

    end, world = attempted(tmp_path, claim("loopback:voice?rings=0"), interpreter=broken)
    assert end.callee_type in (CalleeType.VOICE, CalleeType.UNKNOWN)
    assert "no engine" in end.cause
    assert "no engine" in str(world.of(EventKind.PLATFORM))
    assert [data["by"] for data in world.of(EventKind.HUNG_UP)] == ["platform"]


def test_who_hangs_up_lets_the_script_finish_and_the_end_is_the_hang_up(tmp_path: Path) -> None:
    end, world = attempted(tmp_path, claim("loopback:voice?rings=0&stays=9"), page(WAITING))
    (_, first), (at, second) = world.requests
    assert (first.url, second.url, second.fields) == (URL, "http://app/gone", (("x", "1"),))
    assert at == 9
    assert (end.answered_at, end.ended_at) == (START, START + 9)
    assert end.cause == "hung up by the callee (Q.850 16)"


def cancelled(data: Path, asked: Claim, after: float, document: Fetched | None = None) -> tuple[AttemptEnd, World]:
    ends: list[AttemptEnd] = []

    async def main(world: World) -> None:
        caller = Caller(world.services())
        task = asyncio.ensure_future(caller.attempt(asked, Account("acme"), world.tell_answered))
        await world.clock.sleep(after)
        task.cancel()
        ends.append(await task)

    world = in_world(data, main, document)
    return ends[0], world


def test_cancelling_while_it_rings_gives_up(tmp_path: Path) -> None:
    end, world = cancelled(tmp_path, claim("+16175550105"), after=10)
    assert (end.callee_type, end.answered_at, end.ended_at) == (CalleeType.UNKNOWN, None, START + 10)
    assert "hung up before the answer" in end.cause
    assert world.answered == []


def test_cancelling_while_it_talks_tells_the_script(tmp_path: Path) -> None:
    end, world = cancelled(tmp_path, claim("loopback:voice?rings=0"), after=20, document=page(WAITING))
    assert [request.url for _, request in world.requests] == [URL, "http://app/gone"]
    assert (end.callee_type, end.ended_at) == (CalleeType.VOICE, START + 20)
    assert [data["by"] for data in world.of(EventKind.HUNG_UP)] == ["platform"]


def test_a_script_that_does_not_end_when_it_is_told_is_left(tmp_path: Path) -> None:
    ends: list[tuple[float, AttemptEnd]] = []

    async def main(world: World) -> None:
        async def fetch(request: FetchRequest) -> Fetched:
            await world.clock.sleep(0.1 if request.url == URL else 50)
            return page(WAITING)

        caller = Caller(world.services(fetch=lambda call_id: fetch))
        task = asyncio.ensure_future(
            caller.attempt(claim("loopback:voice?rings=0"), Account("acme"), world.tell_answered)
        )
        await world.clock.sleep(20)
        task.cancel()
        end = await task
        ends.append((world.clock.monotonic(), end))

    in_world(tmp_path, main)
    ((at, end),) = ends
    assert at == 23
    assert end.ended_at == START + 20
    assert "did not end" in end.cause


def test_nothing_that_dials_is_a_line_failure(tmp_path: Path) -> None:
    end, world = attempted(tmp_path, claim("sip:ada@example"))
    assert (end.callee_type, end.answered_at) == (CalleeType.LINEFAILURE, None)
    assert "no configured telephony dials sip:" in end.cause
    assert world.events == []


def test_without_detectors_nobody_is_known(tmp_path: Path) -> None:
    end, _ = attempted(tmp_path, claim("+16175550104"), detectors=())
    assert (end.callee_type, end.answered_at) == (CalleeType.UNKNOWN, None)
    assert end.cause == "busy (Q.850 17, SIP 486)"


class Mute(Leg):
    """Answers, and never ends of itself."""

    def __init__(self, report: Report, clock: Clock, ends: bool) -> None:
        self.report, self.clock, self.ends, self.hung_up = report, clock, ends, 0
        asyncio.get_running_loop().call_soon(report, Answered(clock.monotonic()))

    def send_digits(self, digits: str) -> None:
        pass

    def hang_up(self) -> None:
        self.hung_up += 1
        if self.ends and self.hung_up == 1:
            event = HungUp(self.clock.monotonic(), Cause(EndedBy.PLATFORM))
            asyncio.get_running_loop().call_soon(self.report, event)


class MuteTelephony(TelephonyBackend):
    name = "mute"
    schemes = frozenset({"mute"})

    def __init__(self, clock: Clock, ends: bool) -> None:
        super().__init__(None, lent(clock))
        self.clock, self.ends = clock, ends

    def dial(self, request: DialRequest, report: Report) -> Leg:
        return Mute(report, self.clock, self.ends)


@pytest.mark.parametrize("ends", [True, False])
def test_a_leg_of_sound_is_hung_up_and_one_that_does_not_end_is_left(tmp_path: Path, ends: bool) -> None:
    async def main(world: World) -> None:
        backend = MuteTelephony(world.clock, ends)
        caller = Caller(world.services(choose_backend=chooser([backend], lambda call: None)))
        end = await caller.attempt(claim("mute:1"), Account("acme"), world.tell_answered)
        assert "legs of sound" in end.cause
        assert end.answered_at == START
        assert world.clock.monotonic() == (0 if ends else 1)
        assert ("mute does not end a leg" in str(world.of(EventKind.PLATFORM))) is not ends

    in_world(tmp_path, main)


def test_a_backend_that_raises_leaves_nothing_behind(tmp_path: Path) -> None:
    class Broken(MuteTelephony):
        def dial(self, request: DialRequest, report: Report) -> Leg:
            raise RuntimeError("no trunk")

    async def main(world: World) -> None:
        backend = Broken(world.clock, ends=True)
        caller = Caller(world.services(choose_backend=chooser([backend], lambda call: None)))
        with pytest.raises(RuntimeError, match="no trunk"):
            await caller.attempt(claim("mute:1"), Account("acme"), world.tell_answered)

    in_world(tmp_path, main)


def test_detectors_are_not_lent_to_other_calls(tmp_path: Path) -> None:
    async def main(world: World) -> None:
        caller = Caller(world.services())
        ends = await asyncio.gather(
            *(
                caller.attempt(claim(destination), Account("acme"), world.tell_answered)
                for destination in ("+16175550101", "+16175550102", "+16175550103", "+16175550104")
            )
        )
        assert [end.callee_type for end in ends] == [
            CalleeType.VOICE,
            CalleeType.ANSWERINGMACHINE,
            CalleeType.FAXMACHINE,
            CalleeType.BUSY,
        ]

    in_world(tmp_path, main)


def test_a_detector_is_a_component() -> None:
    assert issubclass(CallProgressDetector, CalleeDetector)
