import json
import os
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest

from mirabelle.core.interfaces.telephony import (
    Answered,
    DialRequest,
    EndedBy,
    HungUp,
    LegEvent,
    Pressed,
    Ringing,
    SpeechBegan,
    Spoke,
    TextLeg,
    Tone,
    ToneHeard,
)
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.telephony_backend import cause_of
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.plugins.telephony_loopback import LoopbackOptions, LoopbackTelephony
from mirabelle.vxml_interpreter.speech.prompt import Break, Prompt, Text

During = Callable[[VirtualClock, TextLeg], Coroutine[Any, Any, None]]


def request(destination: str, attempt: int = 1, call_id: int = 7) -> DialRequest:
    return DialRequest(call_id, attempt, destination, "+16175550100", "1p2", max_ring_time=30.0)


async def nothing(clock: VirtualClock, leg: TextLeg) -> None:
    """Until everything is over by itself."""
    await clock.sleep(1000)


def dialled(
    data: Path, requests: Sequence[DialRequest], during: During = nothing, options: LoopbackOptions | None = None
) -> list[list[LegEvent]]:
    """What the legs of these dials report."""

    async def main(clock: VirtualClock) -> list[list[LegEvent]]:
        backend = LoopbackTelephony(options or LoopbackOptions(), lent(clock, data=data))
        await backend.open()
        events: list[list[LegEvent]] = [[] for _ in requests]
        legs = [backend.dial(each, report.append) for each, report in zip(requests, events, strict=True)]
        for leg in legs:
            assert isinstance(leg, TextLeg)
            await during(clock, leg)
        await backend.close()
        return events

    return virtual_time.run(main)


def reached(data: Path, destination: str, during: During = nothing, attempt: int = 1) -> list[LegEvent]:
    return dialled(data, [request(destination, attempt)], during)[0]


def kinds(events: Sequence[LegEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_voice_answers_after_two_rings_greets_and_leaves_in_the_end(tmp_path: Path) -> None:
    events = reached(tmp_path, "+16175550101")
    assert kinds(events) == ["Ringing", "Answered", "SpeechBegan", "Spoke", "HungUp"]
    ringing, answered, began, spoke, end = events
    assert (ringing.at, answered.at, began.at) == (0, 8, 8)
    assert isinstance(spoke, Spoke)
    assert spoke.at - answered.at < 2
    assert end.at - answered.at == 600
    assert cause_of(events).by is EndedBy.CALLEE


def test_voice_presses_one_after_the_prompts(tmp_path: Path) -> None:
    async def during(clock: VirtualClock, leg: TextLeg) -> None:
        await clock.sleep(20)
        leg.play([Prompt((Text("Press 1."),))], listening=True)
        await clock.sleep(5)

    events = reached(tmp_path, "+16175550100", during)
    assert [event.key for event in events if isinstance(event, Pressed)] == ["1"]


def test_voice_follows_rules_from_the_configured_folder(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.toml").write_text("[[rule]]\nhears = 'digit'\nkeys = '5#'\n")
    options = LoopbackOptions(rules=tmp_path / "rules")

    async def during(clock: VirtualClock, leg: TextLeg) -> None:
        await clock.sleep(20)
        leg.play([Prompt((Text("A digit, please."),))], listening=True)
        await clock.sleep(5)

    (events,) = dialled(tmp_path, [request("loopback:voice?rules=a.toml")], during, options)
    assert [event.key for event in events if isinstance(event, Pressed)] == ["5", "#"]


@pytest.mark.parametrize(
    ("uri", "options", "message"),
    [
        ("loopback:voice?rules=a.toml", LoopbackOptions(), "set telephony.loopback.rules"),
        ("loopback:voice?rules=../a.toml", LoopbackOptions(rules=Path("rules")), "outside the folder of rules"),
        ("loopback:voice?rules=/etc/hostname", LoopbackOptions(rules=Path("rules")), "outside the folder of rules"),
        ("loopback:voice?rules=none.toml", LoopbackOptions(rules=Path("rules")), "none.toml: cannot be read"),
        ("loopback:voice;audio=1", LoopbackOptions(), "no audio legs yet"),
        ("loopback:nobody", LoopbackOptions(), "no callee 'nobody'"),
    ],
)
def test_what_cannot_be_dialled_is_said_at_queueing_and_fails_at_dialling(
    tmp_path: Path, uri: str, options: LoopbackOptions, message: str
) -> None:
    assert message in (LoopbackTelephony(options, lent(data=tmp_path)).check_destination(uri) or "")
    (events,) = dialled(tmp_path, [request(uri)], options=options)
    assert kinds(events) == ["HungUp"]
    assert message in cause_of(events).text


def test_a_machine_greets_at_length_and_beeps(tmp_path: Path) -> None:
    events = reached(tmp_path, "+16175550102")
    assert kinds(events) == ["Ringing", "Answered", "SpeechBegan", "Spoke", "ToneHeard", "HungUp"]
    _, _, began, spoke, beep, end = events
    assert spoke.at - began.at > 5
    assert beep == ToneHeard(pytest.approx(spoke.at + 0.5), Tone.BEEP)  # type: ignore[arg-type]
    assert end.at - beep.at == pytest.approx(60)


def test_a_fax_machine_sends_its_tone(tmp_path: Path) -> None:
    events = reached(tmp_path, "+16175550103")
    assert kinds(events) == ["Ringing", "Answered", "ToneHeard", "HungUp"]
    assert [event.tone for event in events if isinstance(event, ToneHeard)] == [Tone.FAX_ANSWER]


@pytest.mark.parametrize(
    ("destination", "before", "cause"),
    [
        ("+16175550104", ["ToneHeard"], (EndedBy.CALLEE, 17, 486)),
        ("+16175550105", ["Ringing"], (EndedBy.PLATFORM, 19, 487)),
        ("+16175550106", ["ToneHeard"], (EndedBy.NETWORK, 1, 404)),
        ("+16175550107", [], (EndedBy.NETWORK, 38, 503)),
        ("+16175550109", ["ToneHeard"], (EndedBy.CALLEE, 17, 486)),
        ("loopback:voice?rings=7", ["Ringing"], (EndedBy.PLATFORM, 19, 487)),
    ],
    ids=["busy", "noanswer", "sit", "failure", "busy first", "too many rings"],
)
def test_who_is_not_reached(
    tmp_path: Path, destination: str, before: list[str], cause: tuple[EndedBy, int, int]
) -> None:
    events = reached(tmp_path, destination)
    assert kinds(events) == [*before, "HungUp"]
    assert (cause_of(events).by, cause_of(events).q850, cause_of(events).sip) == cause


def test_busy_then_voice_answers_the_second_attempt(tmp_path: Path) -> None:
    events = reached(tmp_path, "+16175550109", attempt=2)
    assert kinds(events)[:2] == ["Ringing", "Answered"]


def test_who_hangs_up_does_so_after_the_first_prompt_whether_or_not_anybody_listens(tmp_path: Path) -> None:
    async def during(clock: VirtualClock, leg: TextLeg) -> None:
        await clock.sleep(20)
        leg.play([Prompt((Break(3),)), Prompt((Break(3),))], listening=False)
        await clock.sleep(20)

    events = reached(tmp_path, "+16175550108", during)
    assert events[-1].at == 23
    assert cause_of(events).by is EndedBy.CALLEE


@pytest.mark.parametrize("seconds", [1.2, 2.0, 3.5])
def test_a_person_who_can_be_told_at_a_given_instant(tmp_path: Path, seconds: float) -> None:
    events = reached(tmp_path, f"loopback:voice?rings=0&decides={seconds}&greeting=Hi")
    answered, _, spoke = events[1:4]
    assert isinstance(spoke, Spoke)
    assert spoke.at + 1.2 - answered.at == pytest.approx(max(seconds, 1.2 + 0.12))


def test_a_machine_that_can_be_told_at_a_given_instant(tmp_path: Path) -> None:
    events = reached(tmp_path, "loopback:machine?rings=0&decides=3")
    assert [event.at for event in events if isinstance(event, SpeechBegan)] == [pytest.approx(0.6)]


def test_channels_are_limited_when_they_are_configured(tmp_path: Path) -> None:
    requests = [request(f"+1617555010{number}", call_id=number) for number in (1, 2, 3)]
    events = dialled(tmp_path, requests, options=LoopbackOptions(channels=2))
    assert [isinstance(each[0], Ringing) for each in events] == [True, True, False]
    assert cause_of(events[2]).q850 == 34
    with pytest.raises(ValueError, match="channels is 0"):
        LoopbackOptions(channels=0)


def test_every_dial_is_one_line_of_the_journal(tmp_path: Path) -> None:
    async def during(clock: VirtualClock, leg: TextLeg) -> None:
        leg.send_digits("9")  # before the answer nobody hears them
        await clock.sleep(10)
        leg.send_digits("1p2")
        leg.hang_up()

    dialled(tmp_path, [request("+16175550101")], during)
    dialled(tmp_path, [request("loopback:nobody", 2)], during)
    at = virtual_time.START
    first = {"event": "dialled", "call_id": 7, "attempt": 1, "at": at, "callee": "voice", "ani": "+16175550100"}
    assert lines(tmp_path / "loopback" / "dials.jsonl") == [
        first | {"postd": "1p2", "destination": "+16175550101"},
        first | {"attempt": 2, "callee": None, "postd": "1p2", "destination": "loopback:nobody"},
    ]
    assert lines(tmp_path / "loopback" / "legs.jsonl") == [
        {"event": "digits", "call_id": 7, "attempt": 1, "at": at + 10, "digits": "1p2"},
        {"event": "ended", "call_id": 7, "attempt": 1, "at": at + 10, "by": "platform", "q850": 16},
        {"event": "ended", "call_id": 7, "attempt": 2, "at": at, "by": "network", "q850": 28},
    ]


def test_a_dial_is_on_the_disk_before_it_rings_and_many_share_one_flush(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story: list[str] = []
    flush = os.fsync

    def watched(file: int) -> None:
        flush(file)
        story.append("on the disk")

    monkeypatch.setattr(os, "fsync", watched)

    async def main(clock: VirtualClock) -> None:
        backend = LoopbackTelephony(LoopbackOptions(), lent(clock, data=tmp_path))
        await backend.open()
        for number in range(3):
            backend.dial(request("+16175550101", call_id=number), lambda event: story.append(type(event).__name__))
        assert story == []
        await clock.sleep(1)
        backend.dial(request("+16175550101", call_id=9), lambda event: story.append(type(event).__name__))
        await clock.sleep(1)
        assert story == ["on the disk", "Ringing", "Ringing", "Ringing", "on the disk", "Ringing"]
        await backend.close()

    virtual_time.run(main)


def test_what_cannot_be_written_down_does_not_ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    events = reached(tmp_path, "+16175550101")
    assert kinds(events) == ["HungUp"]
    assert "No space left on device" in cause_of(events).text


def test_a_line_that_a_crash_cut_off_does_not_swallow_the_next(tmp_path: Path) -> None:
    (tmp_path / "loopback").mkdir()
    (tmp_path / "loopback" / "dials.jsonl").write_text('{"event": "dialled", "call')
    reached(tmp_path, "+16175550104")
    torn, whole = (tmp_path / "loopback" / "dials.jsonl").read_text().splitlines()
    assert torn == '{"event": "dialled", "call'
    assert json.loads(whole)["call_id"] == 7


def test_the_same_seed_gives_the_same_callees(tmp_path: Path) -> None:
    first, second = (reached(tmp_path, "+16175550101") for _ in range(2))
    assert first == second
    assert isinstance(first[1], Answered)
    assert isinstance(first[-1], HungUp)
