"""Rules about grammars: VoiceXML 2.0, 3.1. What formats there are, and what is wrong with a grammar, they say."""

from collections.abc import Iterator

from mirabelle.vxml_interpreter.builtin_types import builtin_fault, offered
from mirabelle.vxml_interpreter.checking.rule import Finding, error
from mirabelle.vxml_interpreter.checking.subject import Subject
from mirabelle.vxml_interpreter.grammar.formats import GrammarFault, GrammarSource, UnsupportedFormat
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Mode
from mirabelle.vxml_interpreter.grammar.store import Grammars
from mirabelle.vxml_interpreter.tree import Element

_BUILTIN = "builtin:"


def fault_of(source: GrammarSource, media_type: str, grammars: Grammars) -> str | None:
    """Why a grammar cannot be used or match anything; None when it can, or refers to others, which are not at hand."""
    try:
        next(grammars.compile(source, media_type))
    except StopIteration as done:
        return "nothing can match it" if matches_nothing(done.value) else None
    except (GrammarFault, UnsupportedFormat) as raised:
        return str(raised)
    return None


def matches_nothing(grammar: Grammar) -> bool:
    """Whether no input at all is a sentence of the grammar, as far as can be told without trying any."""
    beginning = grammar.start()
    return not beginning.extendable and not beginning.results()


@error("inline-grammar", "3.1.1.1", "Mend the grammar, or its type.")
def inline_grammar(subject: Subject) -> Iterator[Finding]:
    """Inline grammars can be compiled and match something."""
    for element in subject.named("grammar"):
        text = element.content().strip()
        written = text or element.markup
        if text and "type" not in element:
            # The loader has said that.
            continue
        if written and "src" not in element and "srcexpr" not in element:
            fault = fault_of(_source(element, written), element.text("type") or "", subject.grammars)
            if fault is not None:
                yield element, fault


def _source(element: Element, written: str) -> GrammarSource:
    mode = element.text("mode")
    return GrammarSource(written.encode("utf-8", "replace"), "", Mode(mode) if mode else None, element.language)


@error("grammar-fragment", "3.1.1.4", "Name the document that the rule is in.")
def grammar_fragment(subject: Subject) -> Iterator[Finding]:
    """A reference to a grammar is more than a fragment."""
    for element in subject.named("grammar"):
        if (element.text("src") or "").strip().startswith("#"):
            yield element, f'"{element.text("src")}" refers into the document itself, where no rules are'


@error("builtin-grammar", "2.3.1.2", "Use a builtin grammar that is offered, or one of your own.")
def builtin_grammar(subject: Subject) -> Iterator[Finding]:
    """Builtin grammars are offered."""
    for element in subject.named("grammar"):
        reference = (element.text("src") or "").strip()
        if reference.startswith(_BUILTIN):
            kind, slash, name = reference.removeprefix(_BUILTIN).partition("/")
            text = name if slash else kind
            fault = builtin_fault(text)
            if fault or not offered(text) or (slash and kind not in ("grammar", "dtmf")):
                yield element, f'the builtin grammar "{reference}" is not offered{f": {fault}" if fault else ""}'


RULES = (inline_grammar, grammar_fragment, builtin_grammar)
