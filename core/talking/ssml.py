"""A queued prompt written as SSML, for people and for platforms that synthesise themselves."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from mirabelle.vxml_interpreter.speech.prompt import Audio, Break, Mark, Prompt, Segment, Text


def ssml(prompt: Prompt) -> str:
    """One `<speak>` element, white space in its text collapsed."""
    language = "" if prompt.language is None else f" xml:lang={quoteattr(prompt.language)}"
    return f"<speak{language}>{_written(prompt.segments)}</speak>"


def _written(segments: Iterable[Segment]) -> str:
    return " ".join(written for segment in segments if (written := _one(segment)))


def _one(segment: Segment) -> str:
    match segment:
        case Audio(url, ()):
            return f"<audio src={quoteattr(url)}/>"
        case Audio(url, fallback):
            return f"<audio src={quoteattr(url)}>{_written(fallback)}</audio>"
        case Break(seconds):
            return f'<break time="{round(seconds * 1000)}ms"/>'
        case Mark(name):
            return f"<mark name={quoteattr(name)}/>"
        case Text(text):
            return escape(" ".join(text.split()))
