import asyncio
from collections.abc import Sequence

import pytest

from mirabelle.core.rehearsal.people import TerminalPerson, TranscriptPerson, parse_typed
from mirabelle.core.simulation.people import Action, HangUp, HeardPrompt, Press, Say
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.human import Act, Hangup, Keys, Silence, Speech
from mirabelle.core.testing.transcript import Turn, parse_transcript
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.vxml_interpreter.answers import SessionChanged

HEARD = (HeardPrompt("First.", 1.0, 2.0), HeardPrompt("", 2.0, 4.0), HeardPrompt("Second.", 4.0, 7.0))


def replies(transcript: str, heard: Sequence[HeardPrompt] = HEARD) -> list[list[Action]]:
    """What the human of a transcript does, turn by turn, and once more."""

    async def main(clock: VirtualClock) -> list[list[Action]]:
        parsed = parse_transcript(transcript)
        person = TranscriptPerson(parsed, clock, lambda notice: None, lambda turn: None)
        return [list(person.reply(heard)) for _ in range(len(parsed.turns) + 1)]

    return virtual_time.run(main)


def test_keys_follow_the_last_prompt_and_their_pauses() -> None:
    assert replies("C: First.\nC: Second.\nH: [1 2 3s #]\n= end") == [[Press("12", 7.0), Press("#", 10.0)], [HangUp()]]


def test_an_instant_counts_from_the_prompt_above() -> None:
    assert replies("C: First.\nH@0.5: [1]\n= end")[0] == [Press("1", 1.5)]
    assert replies("C: First.\nC: Second.\nH@0.5: yes\nH@2: [hangup]\n= end")[0] == [
        Say("yes", 4.5, None, (("yes", 1.0),)),
        HangUp(6.0),
    ]


def test_more_prompts_than_were_heard_count_from_the_last() -> None:
    assert replies("C: a\nC: b\nC: c\nC: d\nH@0.5: [1]\n= end")[0] == [Press("1", 4.5)]


def test_without_prompts_an_instant_counts_from_now() -> None:
    assert replies("H@0.5: [1]\n= end", ())[0] == [Press("1", 0.5)]


def test_what_is_said_has_its_confidences() -> None:
    assert replies("H: (a, 0.5) (b, 0.4)\nH: [speech 5s]\nH: [silence]\n= end") == [
        [Say("a", None, None, (("a", 0.5), ("b", 0.4)))],
        [Say("", None, 5.0, ())],
        [],
        [HangUp()],
    ]


def test_notices_are_passed_on_with_their_turn() -> None:
    passed: list[SessionChanged | Turn] = []

    async def main(clock: VirtualClock) -> None:
        parsed = parse_transcript("C: a\nS: x = 1\nH: yes\n= end")
        TranscriptPerson(parsed, clock, passed.append, passed.append).reply(HEARD)

    virtual_time.run(main)
    assert passed[0] == SessionChanged("x", 1)
    assert isinstance(passed[1], Turn)


@pytest.mark.parametrize(
    ("typed", "act"),
    [
        ("", Silence()),
        ("  ", Silence()),
        ("12 3#", Keys(((0.0, "123#"),))),
        ("[1 2]", Keys(((0.0, "12"),))),
        ("yes", Speech((("yes", 1.0),))),
        ("4 seasons", Speech((("4 seasons", 1.0),))),
        ("(yes, 0.3)", Speech((("yes", 0.3),))),
        ("[hangup]", Hangup()),
    ],
)
def test_what_is_typed(typed: str, act: Act) -> None:
    assert parse_typed(typed) == act


def test_somebody_at_a_terminal_types_when_the_prompts_have_been_shown() -> None:
    lines: list[str | None] = ["[1", "[1 2s 2]"]
    complaints: list[str] = []

    async def main(clock: VirtualClock) -> tuple[list[Action], float]:
        person = TerminalPerson(clock, lambda: lines.pop(0), complaints.append)

        async def show() -> None:
            await clock.sleep(7)
            assert len(lines) == 2
            person.listens.set()

        showing = asyncio.ensure_future(show())
        actions = list(await person.reply(HEARD))
        await showing
        return actions, clock.monotonic()

    assert virtual_time.run(main) == ([Press("1", 7.0), Press("2", 9.0)], 7)
    assert complaints == ["'[1': the bracket is not closed"]
