"""Neighbouring texts become one, white space is collapsed over markup and marks: what a prompt holds in the end."""

import re
from collections.abc import Sequence
from dataclasses import replace

from mirabelle.vxml_interpreter.speech.prompt import Audio, Mark, Markup, Segment, Text

_SPACE = re.compile(r"\s+")


def joined(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The same to the ear. No two texts of the same markup follow each other, and none begins or ends with white
    space where no words are beside it. Breaks and recordings end the words before them; marks do not."""
    plain = [segment.text for segment in segments if isinstance(segment, Text) and not segment.within]
    if len(plain) == len(segments):
        # Most prompts are no more than words and values.
        text = " ".join("".join(plain).split())
        return (Text(text),) if text else ()
    joining = _Joining()
    for segment in segments:
        joining.add(segment)
    return joining.end()


class _Joining:
    def __init__(self) -> None:
        self._done: list[Segment] = []
        self._words: list[str] = []
        self._within: tuple[Markup, ...] = ()
        self._blank = True
        """Whether a blank has been said already, or would stand at a beginning."""

    def add(self, segment: Segment) -> None:
        if isinstance(segment, Text):
            self._add_text(segment)
            return
        self._flush()
        if not isinstance(segment, Mark):
            self._trim()
        if isinstance(segment, Audio) and segment.fallback:
            segment = replace(segment, fallback=joined(segment.fallback))
        self._done.append(segment)

    def end(self) -> tuple[Segment, ...]:
        self._flush()
        self._trim()
        return tuple(self._done)

    def _add_text(self, segment: Text) -> None:
        text = _SPACE.sub(" ", segment.text)
        text = text.removeprefix(" ") if self._blank else text
        if not text and not _pronounced(segment):
            return
        if segment.within != self._within:
            self._flush()
            self._within = segment.within
        self._words.append(text)
        self._blank = text.endswith(" ")

    def _flush(self) -> None:
        if self._words:
            self._done.append(Text("".join(self._words), self._within))
            self._words = []

    def _trim(self) -> None:
        """No blank at the end of words: it would be before the marks that came last."""
        self._blank = True
        place = len(self._done) - 1
        while place >= 0 and isinstance(self._done[place], Mark):
            place -= 1
        last = self._done[place] if place >= 0 else None
        if isinstance(last, Text) and last.text.endswith(" "):
            trimmed = Text(last.text.removesuffix(" "), last.within)
            self._done[place : place + 1] = [trimmed] if trimmed.text or _pronounced(trimmed) else []


def _pronounced(text: Text) -> bool:
    """SSML 1.0, 3.1.9: a phoneme may be empty, and is heard all the same."""
    return bool(text.within) and text.within[-1].name == "phoneme"
