"""What a leg plays, from the dialogue's side: which prompt is heard, and the story of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mirabelle.core.interfaces.telephony import HungUp, MarkReached, Played, PromptBegan, TextLeg
from mirabelle.core.talking import story
from mirabelle.core.talking.telling import Tell
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import MarkPassed
from mirabelle.vxml_interpreter.input.type_ahead import TypeAhead
from mirabelle.vxml_interpreter.speech.prompt import Prompt


@dataclass(frozen=True, slots=True)
class _Heard:
    prompt: Prompt
    index: int
    began: float


class Playback:
    """Plays prompts on a text leg, one `play` at a time.

    A prompt is told when it is over, with the instant at which it began: only then is known whether it was cut short.
    """

    def __init__(self, leg: TextLeg, type_ahead: TypeAhead, tell: Tell) -> None:
        self.playing = False
        self._leg = leg
        self._type_ahead = type_ahead
        self._tell = tell
        self._prompts: Sequence[Prompt] = ()
        self._heard: _Heard | None = None
        self._stopping = False
        self._listening = False
        self._mark: MarkReached | None = None
        self._silent_at: float | None = None

    def play(self, prompts: Sequence[Prompt], *, listening: bool) -> None:
        """Begin to play; `playing` is true until the leg has reported the end of it."""
        self.playing, self._stopping, self._listening = True, False, listening
        self._prompts = prompts
        self._leg.play(prompts, listening)

    def stop(self) -> None:
        """Fall silent; the leg reports when it has. Does nothing when nothing plays."""
        if self.playing and not self._stopping:
            self._stopping = True
            self._leg.stop()

    @property
    def passed(self) -> MarkPassed | None:
        """The last mark of the prompts that were heard while the dialogue listened, once these are over."""
        if self._mark is None or self._silent_at is None:
            return None
        return MarkPassed(self._mark.name, self._silent_at - self._mark.at)

    def forget_marks(self) -> None:
        """The dialogue begins to listen: what was heard before is no matter (VoiceXML 2.1, 4)."""
        self._mark = self._silent_at = None

    def take(self, event: PromptBegan | MarkReached | Played | HungUp) -> None:
        """Keep up with the leg."""
        match event:
            case MarkReached():
                self._mark = event
            case PromptBegan(at, index):
                self._tell_heard(cut=False)
                self._heard = _Heard(self._prompts[index], index, at)
                self._type_ahead.prompt_began(self._prompts[index])
            case Played(at, cut):
                self._silent_at = at if self._listening else self._silent_at
                # Stopped between two prompts, it is the one that never began.
                self._over(cut=cut is not None and self._heard is not None and cut == self._heard.index)
            case HungUp():
                self._over(cut=True)

    def _over(self, *, cut: bool) -> None:
        self.playing = False
        self._type_ahead.prompts_ended()
        self._tell_heard(cut=cut)

    def _tell_heard(self, *, cut: bool) -> None:
        heard, self._heard = self._heard, None
        if heard is None or not story.sounds(heard.prompt):
            return
        self._tell(EventKind.PROMPT, story.prompt(heard.prompt) | ({"cut": True} if cut else {}), heard.began)
