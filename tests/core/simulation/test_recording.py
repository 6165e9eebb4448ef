"""Recordings on a simulated leg: when they end, and what is in them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from mirabelle.core.interfaces.telephony import HungUp, LegEvent
from mirabelle.core.interfaces.telephony_services import RecordingEnded, RecordingEnding, RecordRequest, SoundRecorded
from mirabelle.core.simulation import sound, timing
from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.simulation.people import Action, HangUp, Press, Say, Silent
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import VirtualClock

REQUEST = RecordRequest(sound.MU_LAW, timeout=5, maxtime=60, finalsilence=3, largest=1 << 20)
Act = Callable[[VirtualClock, SimulatedLeg], Awaitable[None]]


@dataclass
class Made:
    at: float
    ending: RecordingEnding
    duration: float
    data: bytes
    events: list[LegEvent]


def made(*actions: Action, request: RecordRequest = REQUEST, act: Act | None = None) -> Made:
    """What is recorded from second 1 on, of somebody who begins with the actions at second 0."""

    async def main(clock: VirtualClock) -> list[LegEvent]:
        events: list[LegEvent] = []
        leg = SimulatedLeg(Silent(), clock, events.append)
        leg.act(actions)
        await clock.sleep(1)
        leg.record(request)
        assert not any(isinstance(event, RecordingEnded) for event in events), "reported from within record"
        if act is not None:
            await act(clock, leg)
        await clock.sleep(200)
        return events

    events = virtual_time.run(main)
    (over,) = (event for event in events if isinstance(event, RecordingEnded))
    data = b"".join(event.data for event in events if isinstance(event, SoundRecorded))
    return Made(over.at, over.ending, over.duration, over.head + data[len(over.head) :], events)


def after(seconds: float, do: Callable[[SimulatedLeg], None]) -> Act:
    async def act(clock: VirtualClock, leg: SimulatedLeg) -> None:
        await clock.sleep(seconds)
        do(leg)

    return act


def test_final_silence_ends_it_and_is_no_part_of_it() -> None:
    recording = made(Say("", at=2, lasts=4))
    assert (recording.at, recording.ending, recording.duration) == (9, RecordingEnding.FINAL_SILENCE, 4)
    assert recording.data == sound.tone(4, sound.MU_LAW)


def test_a_pause_that_is_not_final_is_recorded() -> None:
    recording = made(Say("", at=2, lasts=1), Say("", at=5, lasts=1))
    assert (recording.at, recording.duration) == (9, 4)
    tone, silence = sound.tone(1, sound.MU_LAW), sound.silence(2, sound.MU_LAW)
    assert recording.data == tone + silence + tone


def test_nothing_is_said_in_time() -> None:
    recording = made(Say("", at=6.5, lasts=1))
    assert (recording.at, recording.ending, recording.duration) == (6, RecordingEnding.NO_SOUND, 0)
    assert recording.data == b""


def test_the_longest_counts_from_the_first_sound() -> None:
    recording = made(Say("", at=4, lasts=30), request=replace(REQUEST, maxtime=10))
    assert (recording.at, recording.ending, recording.duration) == (14, RecordingEnding.MAXTIME, 10)
    assert len(recording.data) == 80000


def test_the_largest_ends_it_too_and_counts_the_header() -> None:
    recording = made(Say("", at=2, lasts=30), request=replace(REQUEST, type=sound.WAV, largest=16058))
    assert (recording.at, recording.ending, recording.duration) == (4, RecordingEnding.MAXTIME, 2)
    assert len(recording.data) == 16058


def test_it_is_stopped_in_the_middle() -> None:
    recording = made(Say("", at=2, lasts=30), act=after(5, SimulatedLeg.stop_recording))
    assert (recording.at, recording.ending, recording.duration) == (6, RecordingEnding.STOPPED, 4)


def test_it_is_stopped_before_any_sound() -> None:
    recording = made(act=after(1, SimulatedLeg.stop_recording))
    assert (recording.ending, recording.duration, recording.data) == (RecordingEnding.STOPPED, 0, b"")


def test_the_end_of_the_leg_comes_after_what_was_recorded() -> None:
    recording = made(Say("", at=2, lasts=3), HangUp())
    assert (recording.ending, recording.duration) == (RecordingEnding.HUNG_UP, 3)
    assert [type(event) for event in recording.events][-3:] == [SoundRecorded, RecordingEnded, HungUp]


def test_whoever_speaks_already_is_recorded_from_there_on() -> None:
    spoken = wav(b"\x80" * 8000 + b"\x10" * 8000)
    recording = made(Say("", at=0, lasts=2, sound=spoken))
    assert (recording.duration, recording.data) == (1, b"\x10" * 8000)


def test_keys_are_reported_and_are_no_sound() -> None:
    recording = made(Press("1", at=2))
    assert (recording.at, recording.ending) == (6, RecordingEnding.NO_SOUND)


def wav(samples: bytes) -> bytes:
    return sound.header(sound.WAV, len(samples)) + samples


@pytest.mark.parametrize(
    ("spoken", "heard"),
    [
        (wav(b"\x80" * 8000), b"\x80" * 8000),
        (wav(b"\x80" * 80000), b"\x80" * 16000),
        (b"no sound", sound.tone(2, sound.MU_LAW)),
    ],
)
def test_a_file_is_said(spoken: bytes, heard: bytes) -> None:
    recording = made(Say("", at=2, lasts=2, sound=spoken))
    assert recording.data[: len(heard)] == heard
    assert recording.data[len(heard) :] == sound.silence((16000 - len(heard)) / 8000, sound.MU_LAW)


def test_a_wav_file_knows_its_length_in_the_end() -> None:
    recording = made(Say("", at=2, lasts=2.5), request=replace(REQUEST, type=sound.WAV))
    assert timing.of_wav(recording.data) == 2.5


def test_a_second_recording_ends_the_first() -> None:
    async def main(clock: VirtualClock) -> Sequence[RecordingEnding]:
        events: list[LegEvent] = []
        leg = SimulatedLeg(Silent(), clock, events.append)
        leg.record(REQUEST)
        leg.record(REQUEST)
        await clock.sleep(10)
        leg.stop_recording()
        await clock.sleep(1)
        return [event.ending for event in events if isinstance(event, RecordingEnded)]

    assert virtual_time.run(main) == [RecordingEnding.STOPPED, RecordingEnding.NO_SOUND]
