"""The people of rehearsals: somebody at a terminal, and the human of a transcript."""

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Final

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.simulation import timing
from mirabelle.core.simulation.people import Action, HangUp, HeardPrompt, Press, Say
from mirabelle.core.simulation.transfers import FarEnd
from mirabelle.core.testing.human import Act, Hangup, Keys, Several, Silence, Speech, parse_act
from mirabelle.core.testing.transcript import Transcript, Transferred, Turn
from mirabelle.vxml_interpreter.answers import SessionChanged, TransferOutcome

# How long the far end stays whom the caller leaves, in seconds.
STAYS: Final = 86400.0
_ONLY_KEYS: Final = re.compile(r"[0-9*#\s]+")


def actions(act: Act, at: float | None, over: float) -> list[Action]:
    """What a simulated person does for an act. `at`: when, None: when the prompts are over, at `over`."""
    match act:
        case Silence():
            return []
        case Hangup():
            return [HangUp(at)]
        case Speech(alternatives, lasts):
            return [Say(alternatives[0][0] if alternatives else "", at, lasts, alternatives)]
        case Keys(groups):
            return _pressed(groups, over if at is None else at)
        case Several(acts):
            return _one_after_the_other(acts, over if at is None else at)


def _pressed(groups: Sequence[tuple[float, str]], at: float) -> list[Action]:
    pressed: list[Action] = []
    for pause, keys in groups:
        at += pause
        pressed.append(Press(keys, at))
    return pressed


def _one_after_the_other(acts: Sequence[tuple[float, Act]], at: float) -> list[Action]:
    done: list[Action] = []
    for pause, act in acts:
        at += pause
        done += actions(act, at, at)
        at += _lasts(act)
    return done


def _lasts(act: Act) -> float:
    match act:
        case Speech(alternatives, lasts):
            return timing.of_text(alternatives[0][0] if alternatives else "") if lasts is None else lasts
        case Keys(groups):
            return sum(pause + timing.of_digits(keys) for pause, keys in groups)
        case _:
            return 0.0


class TranscriptPerson:
    """Does what a transcript says, a turn each time the dialogue listens; after the last, hangs up.

    `turn_taken` hears of each turn that is taken.
    """

    def __init__(
        self,
        transcript: Transcript,
        clock: Clock,
        notify: Callable[[SessionChanged], None],
        turn_taken: Callable[[Turn], None],
    ) -> None:
        self._turns = list(transcript.turns)
        self._clock = clock
        self._notify = notify
        self._turn_taken = turn_taken

    def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action]:
        """The next turn."""
        if not self._turns:
            return [HangUp()]
        turn = self._turns.pop(0)
        for notice in turn.notices:
            self._notify(notice)
        self._turn_taken(turn)
        now = self._clock.monotonic()
        over = max([now, *(prompt.ended for prompt in heard)])
        # A transcript may have more prompts than were heard: then it differs, and any instant will do.
        spoken = [prompt.began for prompt in heard if prompt.text]
        began = spoken[min(turn.prompt, len(spoken)) - 1] if spoken and turn.prompt else now
        return [action for at, act in turn.acts for action in actions(act, None if at is None else began + at, over)]


def far_end(written: Transferred) -> FarEnd:
    """Whom a transfer reaches by a transcript. What the human does ends it where the outcome says so."""
    caller = [action for at, act in written.meanwhile for action in actions(act, at, at)]
    by_caller = written.outcome is TransferOutcome.NEAR_END_DISCONNECT
    if by_caller or (caller and written.outcome is TransferOutcome.HANGUP):
        # Only what the human does may end it.
        return FarEnd(TransferOutcome.CONNECTED, duration=STAYS, caller=tuple(caller))
    return FarEnd(written.outcome, duration=written.duration, caller=tuple(caller))


class TerminalPerson:
    """Somebody who types. `read` gives a line, None at the end of input; `complain` shows what was not understood.

    Time stands still while they think: nothing of the dialogue is lost to slow typing. `listens` must be set when the
    prompts have been shown.
    """

    def __init__(self, clock: Clock, read: Callable[[], str | None], complain: Callable[[str], None]) -> None:
        self.listens = asyncio.Event()
        self._clock = clock
        self._read = read
        self._complain = complain

    async def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action]:
        """What is typed once the prompts are over."""
        self.listens.clear()
        await self.listens.wait()
        return actions(self._typed(), None, self._clock.monotonic())

    def _typed(self) -> Act:
        while True:
            line = self._read()
            if line is None:
                return Hangup()
            try:
                return parse_typed(line)
            except ValueError as error:
                self._complain(str(error))


def parse_typed(line: str) -> Act:
    """An act as it is typed: as in a transcript, and digits alone are keys, an empty line is silence."""
    if not line.strip():
        return Silence()
    return parse_act(f"[{line}]" if _ONLY_KEYS.fullmatch(line) else line)
