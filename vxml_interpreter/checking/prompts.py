"""Rules about prompts: VoiceXML 2.0, 4.1."""

from collections.abc import Iterator

from mirabelle.vxml_interpreter.checking.rule import Finding, error, warning
from mirabelle.vxml_interpreter.checking.subject import Subject
from mirabelle.vxml_interpreter.declarations import Kind
from mirabelle.vxml_interpreter.tree import Element

_PROMPTED = frozenset({Kind.INPUT_ITEM, Kind.DIALOG})


@warning("no-first-prompt", "4.1.6", 'Give it a prompt without a count, or with count="1".')
def no_first_prompt(subject: Subject) -> Iterator[Finding]:
    """An item with prompts has one for the first time."""
    for element in subject.elements:
        if element.declaration.kinds.isdisjoint(_PROMPTED) and element.name != "initial":
            continue
        counts = [int(prompt.number("count") or 1) for prompt in element.elements("prompt")]
        if counts and min(counts) > 1:
            yield element, f"says nothing until it is visited for time {min(counts)}"


@warning("count-in-content", "5.3.5", "Remove the count; it belongs to prompts of form items and menus.")
def count_in_content(subject: Subject) -> Iterator[Finding]:
    """The counts of prompts in executable content mean nothing."""
    for prompt in subject.named("prompt"):
        above = subject.parents.get(prompt)
        if "count" in prompt and above is not None and _executes(above):
            yield prompt, "the count of a prompt in executable content has no effect"


def _executes(element: Element) -> bool:
    return Kind.HANDLER in element.declaration.kinds or element.name in ("block", "filled", "if", "foreach")


@warning("empty-prompt", "4.1", "Give it content, or remove it.")
def empty_prompt(subject: Subject) -> Iterator[Finding]:
    """A prompt has content."""
    for prompt in subject.named("prompt"):
        if not any(prompt.elements()) and not prompt.content().strip():
            yield prompt, "says nothing"


@warning("type-without-barge-in", "4.1.5.1", 'Remove the type, or bargein="false".')
def type_without_barge_in(subject: Subject) -> Iterator[Finding]:
    """What cannot be interrupted needs no way of interrupting."""
    for prompt in subject.named("prompt"):
        if prompt.flag("bargein") is False and "bargeintype" in prompt:
            yield prompt, "nobody can barge into this prompt: its bargeintype has no effect"


@error("enumerate-misplaced", "2.2.4", "Move it into a prompt of a menu, or of a field with options.")
def enumerate_misplaced(subject: Subject) -> Iterator[Finding]:
    """There is something to enumerate."""
    for element in subject.named("enumerate"):
        above = subject.around(element, "menu", "field")
        if above is None and subject.handler_around(element) is not None:
            # 5.2: a handler further out speaks where the event arose.
            continue
        if above is None or (above.name == "field" and not any(above.elements("option"))):
            yield element, "stands neither in a menu nor in a field with options"


RULES = (no_first_prompt, count_in_content, empty_prompt, type_without_barge_in, enumerate_misplaced)
