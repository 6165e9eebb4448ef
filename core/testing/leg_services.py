"""What legs must do that can be recorded or transferred, beside all that `TelephonyBackendContract` asks for.

For plugin authors: `class TestMine(LegServicesContract)`; `speaking`, `reachable` and `busy` are to be written besides.
Tests of what the backend's `capabilities` do not promise are skipped.
"""

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.telephony import HungUp, LegEvent, Spoke, TelephonyBackend
from mirabelle.core.interfaces.telephony_services import (
    RecordingEnded,
    RecordingEnding,
    RecordRequest,
    SoundRecorded,
    TransferAnswered,
    TransferEnded,
    TransferRequest,
)
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.telephony_backend import LOOK, PATIENCE, TelephonyBackendContract
from mirabelle.vxml_interpreter.answers import TransferOutcome
from mirabelle.vxml_interpreter.commands import TransferKind
from mirabelle.vxml_interpreter.speech.prompt import Break, Prompt

# What an answer may take from the network, and clocks of others may be wrong: seconds.
TOLERANCE = 0.5
LARGE = 10 << 20

E = TypeVar("E")


class LegServicesContract(TelephonyBackendContract):
    """Promises of text legs whose `capabilities` say that they record or transfer."""

    @abstractmethod
    def speaking(self) -> str:
        """A destination where somebody answers, stays a minute, and speaks for 2 s at least after each prompt that
        listens."""

    @abstractmethod
    def reachable(self) -> str:
        """A destination for transfers where somebody answers within 10 s and stays for 3 s at least."""

    @abstractmethod
    def busy(self) -> str:
        """A destination for transfers that is busy."""

    @pytest.fixture
    def backend(self, tmp_path: Path) -> TelephonyBackend:
        """A backend to look at."""
        return self.make(lent(data=tmp_path))

    def _can_record(self, backend: TelephonyBackend) -> None:
        if not backend.capabilities.record:
            pytest.skip(f"{backend.name} does not record")

    def _can_transfer(self, backend: TelephonyBackend, kind: TransferKind) -> None:
        if not backend.capabilities.transfers(kind):
            pytest.skip(f"{backend.name} has no {kind} transfers")

    def test_who_records_says_in_which_formats(self, backend: TelephonyBackend) -> None:
        """The first is used where scripts do not say."""
        self._can_record(backend)
        assert backend.capabilities.recording_types
        assert all("/" in each and each == each.lower() for each in backend.capabilities.recording_types)

    def test_what_is_said_is_recorded(self, tmp_path: Path, backend: TelephonyBackend) -> None:
        """In every format: pieces, then the end after the final silence, and nothing before the first sound."""
        self._can_record(backend)
        for media_type in backend.capabilities.recording_types:
            events = self._recorded(tmp_path, media_type, maxtime=30, listens=True)
            ended = only(events, RecordingEnded)
            data = b"".join(event.data for event in events if isinstance(event, SoundRecorded))
            assert ended.ending is RecordingEnding.FINAL_SILENCE
            assert ended.duration >= 2 - TOLERANCE
            # At least a bit a sample of 8 kHz: sound, and not a header alone.
            assert len(data) > ended.duration * 1000
            assert len(ended.head) <= len(data)
            assert not isinstance(events[events.index(ended) - 1], HungUp)

    def test_silence_is_no_recording(self, tmp_path: Path, backend: TelephonyBackend) -> None:
        """Within the timeout nothing is said: no pieces."""
        self._can_record(backend)
        events = self._recorded(tmp_path, backend.capabilities.recording_types[0], maxtime=30, listens=False)
        assert only(events, RecordingEnded).ending is RecordingEnding.NO_SOUND
        assert not any(isinstance(event, SoundRecorded) for event in events)

    def test_a_recording_has_an_end(self, tmp_path: Path, backend: TelephonyBackend) -> None:
        """`maxtime` counts from the first sound."""
        self._can_record(backend)
        events = self._recorded(tmp_path, backend.capabilities.recording_types[0], maxtime=1, listens=True)
        ended = only(events, RecordingEnded)
        assert ended.ending is RecordingEnding.MAXTIME
        assert ended.duration == pytest.approx(1, abs=TOLERANCE)

    def test_a_recording_is_stopped(self, tmp_path: Path, backend: TelephonyBackend) -> None:
        """By `stop_recording`, which does nothing afterwards."""
        self._can_record(backend)

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            leg, events = await self._answered(backend, clock)
            leg.stop_recording()
            leg.record(self._request(backend.capabilities.recording_types[0], 30))
            assert not any(isinstance(event, RecordingEnded) for event in events), "reported from within record"
            await clock.sleep(1)
            leg.stop_recording()
            await clock.sleep(1)
            leg.stop_recording()
            await clock.sleep(1)
            assert only(events, RecordingEnded).ending is RecordingEnding.STOPPED

        self.run_opened(tmp_path, test)

    def test_a_leg_that_ends_tells_of_its_recording_first(self, tmp_path: Path, backend: TelephonyBackend) -> None:
        """The hang-up is the last that is heard."""
        self._can_record(backend)

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            leg, events = await self._answered(backend, clock)
            leg.record(self._request(backend.capabilities.recording_types[0], 30))
            await clock.sleep(1)
            leg.hang_up()
            await clock.sleep(2)
            assert only(events, RecordingEnded).ending is RecordingEnding.HUNG_UP
            assert isinstance(events[-1], HungUp)

        self.run_opened(tmp_path, test)

    def test_utterances_are_kept_while_that_is_wanted(self, tmp_path: Path, backend: TelephonyBackend) -> None:
        """In every format, and not any more afterwards."""
        if not backend.capabilities.keeps_utterances:
            pytest.skip(f"{backend.name} does not keep utterances")

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            leg, events = await self._answered(backend, clock, self.speaking())
            for media_type in (*backend.capabilities.recording_types, None):
                events.clear()
                leg.keep_utterances(media_type)
                leg.play([Prompt((Break(0.1),))], listening=True)
                await until(clock, events, Spoke)
                spoken = only(events, Spoke)
                assert (spoken.sound is None) == (media_type is None)
                assert len(spoken.sound or b"x" * 8000) > (spoken.at - spoken.began) * 1000

        self.run_opened(tmp_path, test)

    def test_a_bridge_is_connected_and_ended_by_us(self, tmp_path: Path, backend: TelephonyBackend) -> None:
        """The leg is ours again, and can be played to."""
        self._can_transfer(backend, TransferKind.BRIDGE)

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            leg, events = await self._answered(backend, clock)
            leg.end_transfer()
            leg.transfer(TransferRequest(TransferKind.BRIDGE, self.reachable(), connecttimeout=30, maxtime=60))
            await until(clock, events, TransferAnswered)
            await clock.sleep(1)
            leg.end_transfer()
            await until(clock, events, TransferEnded)
            assert only(events, TransferEnded).outcome is TransferOutcome.NEAR_END_DISCONNECT
            leg.play([Prompt((Break(0.5),))], listening=False)
            await clock.sleep(2)
            assert not any(isinstance(event, HungUp) for event in events)

        self.run_opened(tmp_path, test)

    def test_a_bridge_has_an_end(self, tmp_path: Path, backend: TelephonyBackend) -> None:
        """`maxtime` counts from the answer."""
        self._can_transfer(backend, TransferKind.BRIDGE)
        events = self._transferred(tmp_path, TransferKind.BRIDGE, self.reachable(), maxtime=1)
        answered, ended = only(events, TransferAnswered), only(events, TransferEnded)
        assert ended.outcome is TransferOutcome.MAXTIME_DISCONNECT
        assert ended.at - answered.at == pytest.approx(1, abs=TOLERANCE)

    @pytest.mark.parametrize("kind", [TransferKind.BRIDGE, TransferKind.CONSULTATION])
    def test_who_is_busy_leaves_the_caller_here(
        self, tmp_path: Path, backend: TelephonyBackend, kind: TransferKind
    ) -> None:
        """The outcome is told, and the leg goes on."""
        self._can_transfer(backend, kind)
        events = self._transferred(tmp_path, kind, self.busy(), maxtime=60)
        assert only(events, TransferEnded).outcome is TransferOutcome.BUSY
        assert not any(isinstance(event, TransferAnswered | HungUp) for event in events)

    @pytest.mark.parametrize("kind", [TransferKind.BLIND, TransferKind.CONSULTATION])
    def test_who_is_handed_over_is_gone(self, tmp_path: Path, backend: TelephonyBackend, kind: TransferKind) -> None:
        """`HungUp` follows."""
        self._can_transfer(backend, kind)
        events = self._transferred(tmp_path, kind, self.reachable(), maxtime=60)
        assert only(events, TransferEnded).outcome is TransferOutcome.CONNECTED
        assert isinstance(events[-1], HungUp)

    def _request(self, media_type: str, maxtime: float) -> RecordRequest:
        return RecordRequest(media_type, timeout=3, maxtime=maxtime, finalsilence=2, largest=LARGE)

    def _recorded(self, data: Path, media_type: str, maxtime: float, *, listens: bool) -> Sequence[LegEvent]:
        kept: list[LegEvent] = []

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            leg, events = await self._answered(backend, clock, self.speaking())
            leg.play([Prompt((Break(0.1),))], listening=listens)
            await clock.sleep(0.1)
            leg.record(self._request(media_type, maxtime))
            await until(clock, events, RecordingEnded)
            kept.extend(events)

        self.run_opened(data, test)
        return kept

    def _transferred(self, data: Path, kind: TransferKind, destination: str, maxtime: float) -> Sequence[LegEvent]:
        kept: list[LegEvent] = []

        async def test(backend: TelephonyBackend, clock: Clock) -> None:
            leg, events = await self._answered(backend, clock)
            leg.transfer(TransferRequest(kind, destination, connecttimeout=30, maxtime=maxtime))
            await until(clock, events, TransferEnded)
            await clock.sleep(1)
            kept.extend(events)

        self.run_opened(data, test)
        return kept


def only(events: Sequence[LegEvent], kind: type[E]) -> E:
    """The one event of that kind."""
    (found,) = (event for event in events if isinstance(event, kind))
    return found


async def until(clock: Clock, events: Sequence[LegEvent], kind: type[LegEvent]) -> None:
    """Wait for an event of that kind."""
    for _ in range(int(PATIENCE / LOOK)):
        if any(isinstance(event, kind) for event in events):
            return
        await clock.sleep(LOOK)
    raise AssertionError(f"no {kind.__name__} within {PATIENCE:g} s; there was {events}")
