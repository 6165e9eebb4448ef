"""Keys pressed while nobody collects: VoiceXML 2.0, 4.1.8. One buffer a call."""

from collections import deque
from dataclasses import dataclass

from mirabelle.vxml_interpreter.speech.prompt import Prompt


@dataclass(frozen=True, slots=True)
class _Late:
    """A terminator that may still follow input which was complete without it."""

    key: str
    until: float


class TypeAhead:
    """Keeps keys with the instants at which they were pressed, for the next collection.

    A prompt with bargein="false" deletes what was kept, and nothing is kept while it plays (4.1.5).
    """

    def __init__(self) -> None:
        self._keys: deque[tuple[str, float]] = deque()
        self._deaf = False
        self._late: _Late | None = None

    def press(self, key: str, at: float) -> None:
        """Keep a key."""
        if not self._deaf:
            self._keys.append((key, at))

    def prompt_began(self, prompt: Prompt) -> None:
        """A prompt begins to be heard."""
        self._deaf = not prompt.bargein
        if self._deaf:
            self.clear()

    def prompts_ended(self) -> None:
        """No prompt plays any more."""
        self._deaf = False

    def clear(self) -> None:
        """Delete what was kept."""
        self._keys.clear()

    def take(self) -> tuple[str, float] | None:
        """The earliest kept key and its instant, which is then no longer kept."""
        while self._keys:
            key, at = self._keys.popleft()
            if self.admits(key, at):
                return key, at
        return None

    def give_back(self, key: str, at: float) -> None:
        """Keep a key that was taken, before all others."""
        self._keys.appendleft((key, at))

    def expect_late(self, key: str, until: float) -> None:
        """If this is the very next key, and comes by then, it belongs to the input before."""
        self._late = _Late(key, until)

    def admits(self, key: str, at: float) -> bool:
        """Whether this next key is new input; False for the late terminator, once."""
        late, self._late = self._late, None
        return late is None or late.key != key or at > late.until
