"""Speech as one stretch: from the first word to the last, short pauses included."""


class Activity:
    """The first stretch of speech after the answer. Instants as the leg's events have them."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.ended: float | None = None

    @property
    def speaking(self) -> bool:
        """Whether somebody speaks at this moment."""
        return self.ended is None

    def begin(self, at: float) -> None:
        """Speech begins, or goes on after a pause that was too short to end it."""
        self.began = min(self.began, at)
        self.ended = None

    def end(self, at: float) -> None:
        """A pause begins."""
        self.ended = at

    def length(self, now: float) -> float:
        """Seconds from the first word to the last, or until now."""
        return (now if self.ended is None else self.ended) - self.began

    def decides_at(self, threshold: float, silence: float) -> float:
        """When it is clear how long it is: too long for a person, or over."""
        return self.began + threshold if self.ended is None else self.ended + silence
