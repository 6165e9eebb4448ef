"""Rules about events and their handlers: VoiceXML 2.0, 5.2."""

from collections.abc import Iterator
from typing import Final

from mirabelle.vxml_interpreter.checking.rule import Finding, warning
from mirabelle.vxml_interpreter.checking.subject import Subject
from mirabelle.vxml_interpreter.faults import hint
from mirabelle.vxml_interpreter.tree import Catch

PREDEFINED: Final = (
    "cancel",
    "connection.disconnect.hangup",
    "connection.disconnect.transfer",
    "error.badfetch",
    "error.badfetch.http",
    "error.connection.baddestination",
    "error.connection.busy",
    "error.connection.noauthorization",
    "error.connection.noresource",
    "error.connection.noroute",
    "error.connection.protocol",
    "error.noauthorization",
    "error.noresource",
    "error.semantic",
    "error.unsupported.builtin",
    "error.unsupported.format",
    "error.unsupported.language",
    "error.unsupported.objectname",
    "error.unsupported.transfer",
    "error.unsupported.uri",
    "exit",
    "help",
    "maxspeechtimeout",
    "noinput",
    "nomatch",
)
_OPEN: Final = ("error.badfetch.", "error.unsupported.", "error.connection.protocol.")
_THROWING: Final = ("throw", "link", "choice", "return")


@warning("unknown-event", "5.2.6", "Mend the name, if it is not one that something throws from elsewhere.")
def unknown_event(subject: Subject) -> Iterator[Finding]:
    """A handler that is named almost like a predefined event is for that."""
    thrown = {element.text("event") or "" for element in subject.named(*_THROWING)}
    names = [*thrown, *_prefixes()]
    for element in subject.named("catch"):
        for name in element.names("event") or ():
            plain = name.rstrip(".")
            near = "" if plain in names or plain.startswith(_OPEN) else hint(plain, _prefixes(), 0.75)
            if near and not any(each.startswith(f"{plain}.") for each in thrown):
                yield element, f'no event is named "{name}"{near}'


def _prefixes() -> list[str]:
    names = [name.split(".") for name in PREDEFINED]
    return sorted({".".join(parts[:count]) for parts in names for count in range(1, len(parts) + 1)})


@warning("shadowed-handler", "5.2.4", "Remove it, or give it a count or a condition of its own.")
def shadowed_handler(subject: Subject) -> Iterator[Finding]:
    """Of two handlers alike the first catches always."""
    for element in subject.elements:
        first: dict[tuple[tuple[str, ...], int], Catch] = {}
        for handler in element.catches:
            for name in handler.events:
                other = first.get((name, handler.count))
                if other is not None and other.element is not handler.element:
                    named = ".".join(name) or "everything"
                    where = f"the handler of line {other.element.line}"
                    yield handler.element, f"never catches {named}: {where} does, with the same count and no condition"
                elif not handler.cond:
                    first[name, handler.count] = handler


@warning("reprompt-outside", "5.3.6", "Remove it: outside of handlers the next prompts are heard in any case.")
def reprompt_outside(subject: Subject) -> Iterator[Finding]:
    """Only handlers keep prompts from being heard."""
    for element in subject.named("reprompt"):
        if subject.handler_around(element) is None:
            yield element, "has no effect outside of an event handler"


@warning("help-never-asked-for", "6.3.6", 'Set <property name="universals" value="help"/>, or add a link.')
def help_never_asked_for(subject: Subject) -> Iterator[Finding]:
    """A handler of help is for callers who can ask for it."""
    if "application" in subject.root or _can_ask(subject):
        return
    for element in subject.elements:
        for handler in element.catches:
            if handler.events == (("help",),):
                yield handler.element, "nothing throws help: the universal commands are off unless a document asks"


def _can_ask(subject: Subject) -> bool:
    if any(element.text("event") == "help" or "eventexpr" in element for element in subject.named(*_THROWING)):
        return True
    chosen = (element.properties.get("universals", "") for element in subject.elements)
    return any({"all", "help"}.intersection(value.split()) for value in chosen)


RULES = (unknown_event, shadowed_handler, reprompt_outside, help_never_asked_for)
