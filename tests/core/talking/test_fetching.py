"""What the caller hears during a fetch: VoiceXML 2.0, 6.1.1 and 6.3.5. Ten characters are heard for 0.6 s."""

from collections.abc import Awaitable, Callable

import pytest

from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.talking.line import Line
from mirabelle.core.testing.talking import OK, Script, Talked, fetch_ok, said, slowly, talk
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import CallerHungUp, FetchFailed, SessionChanged
from mirabelle.vxml_interpreter.commands import Ended, EndReason, Fetch, FetchRequest
from mirabelle.vxml_interpreter.speech.prompt import Prompt

MUSIC = said("0123456789" * 10, bargein=False)


def during(
    seconds: float, delay: float = 2, minimum: float = 5, music: Prompt = MUSIC, hangs_up_at: float | None = None
) -> tuple[Talked, list[object]]:
    """A fetch of so many seconds, and what it was answered with."""
    answers: list[object] = []

    def script() -> Script:
        answers.append((yield (Fetch(FetchRequest("http://app/next"), (music,), delay, minimum),)))
        yield (Ended(EndReason.END),)

    async def hang_up(clock: VirtualClock, line: Line, leg: SimulatedLeg) -> None:
        if hangs_up_at is not None:
            await clock.sleep(hangs_up_at)
            leg.callee_hangs_up()

    return talk(script, fetch=slowly(seconds), meanwhile=hang_up), answers


@pytest.mark.parametrize(
    ("seconds", "heard_at", "took", "cut"),
    [
        (1.9, None, 1.9, None),
        (2.1, 2, 7, True),
        (6.9, 2, 7, True),
        (7.1, 2, 7.1, True),
        (8.5, 2, 8.5, None),
    ],
)
def test_delay_and_minimum(seconds: float, heard_at: float | None, took: float, cut: bool | None) -> None:
    talked, answers = during(seconds)
    assert talked.took == took
    assert talked.told.at(EventKind.PROMPT) == ([] if heard_at is None else [heard_at])
    assert [told.get("cut") for told in talked.told.of(EventKind.PROMPT)] == ([] if heard_at is None else [cut])
    assert answers == [OK]


def test_music_that_is_over_before_the_minimum_is_not_waited_for() -> None:
    talked, _ = during(2.5, delay=2, minimum=5, music=said("0123456789"))
    assert talked.took == 2.6


def test_without_delay_and_minimum_it_is_heard_from_the_beginning_to_the_answer() -> None:
    talked, _ = during(3, delay=0, minimum=0)
    assert (talked.told.at(EventKind.PROMPT), talked.took) == ([0], 3)


def test_what_is_there_at_once_has_no_music() -> None:
    def script() -> Script:
        yield (Fetch(FetchRequest("http://app/next"), (MUSIC,), 0, 5),)
        yield (Ended(EndReason.END),)

    talked = talk(script, fetch=lambda clock: fetch_ok)
    assert (talked.told.at(EventKind.PROMPT), talked.took) == ([], 0)


def test_music_of_which_nothing_is_heard_holds_nothing_up() -> None:
    talked, answers = during(3, delay=2, minimum=5, music=Prompt(()))
    assert (talked.took, answers) == (3, [OK])


@pytest.mark.parametrize(("hangs_up_at", "took"), [(1, 4), (3, 4), (4.5, 4.5)])
def test_a_hang_up_ends_the_music_and_not_the_fetch(hangs_up_at: float, took: float) -> None:
    talked, answers = during(4, hangs_up_at=hangs_up_at)
    assert (talked.took, answers) == (took, [OK])
    assert talked.told.at(EventKind.PROMPT) == ([2] if hangs_up_at > 2 else [])
    assert CallerHungUp() in talked.interpreter.notices


def test_notices_reach_the_script_meanwhile() -> None:
    def script() -> Script:
        yield (Fetch(FetchRequest("http://app/next"), (MUSIC,), 2, 5),)
        yield (Ended(EndReason.END),)

    async def notify(clock: VirtualClock, line: Line, leg: SimulatedLeg) -> None:
        for seconds in (1, 3, 3):
            await clock.sleep(seconds)
            line.notify(SessionChanged("a", seconds))

    talked = talk(script, fetch=slowly(4), meanwhile=notify)
    assert talked.told.at(EventKind.SESSION) == [1, 4, 7]


def failing_after(seconds: float) -> Callable[[VirtualClock], Callable[[FetchRequest], Awaitable[FetchFailed]]]:
    def made(clock: VirtualClock) -> Callable[[FetchRequest], Awaitable[FetchFailed]]:
        async def fetch(request: FetchRequest) -> FetchFailed:
            await clock.sleep(seconds)
            return FetchFailed("no connection")

        return fetch

    return made


def test_the_minimum_holds_for_failures_too() -> None:
    answers: list[object] = []

    def script() -> Script:
        answers.append((yield (Fetch(FetchRequest("http://app/next"), (MUSIC,), 2, 5),)))
        yield (Ended(EndReason.END),)

    talked = talk(script, fetch=failing_after(3))
    assert talked.took == 7
    assert answers == [FetchFailed("no connection")]
