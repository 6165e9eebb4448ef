"""Rules about expressions, scripts and the names of variables: VoiceXML 2.0, 5.1."""

from collections.abc import Iterator
from typing import Final

from mirabelle.vxml_interpreter.checking.rule import Finding, error, warning
from mirabelle.vxml_interpreter.checking.subject import Subject
from mirabelle.vxml_interpreter.declarations import FORM_ITEMS
from mirabelle.vxml_interpreter.faults import hint
from mirabelle.vxml_interpreter.script import ScriptError, ScriptLimit
from mirabelle.vxml_interpreter.scripting import is_reference, name_fault
from mirabelle.vxml_interpreter.tree import Element

# The recommendation names all its expressions so; other attributes of these names there are none.
EXPRESSIONS: Final = ("array", "cond", "expritem")
_NAMING: Final = ("assign", "clear", "data", "disconnect", "exit", "return", "subdialog", "submit")


def expressions(element: Element) -> Iterator[tuple[str, str]]:
    """The attributes of an element that are ECMAScript expressions, with their sources."""
    for name, value in element.attributes.items():
        if isinstance(value, str) and (name.endswith("expr") or name in EXPRESSIONS):
            yield name, value


def fault_of(subject: Subject, source: str) -> tuple[str, int] | None:
    """Why a script cannot be parsed, and in which of its lines (from 1); None when it can."""
    try:
        subject.parse(source)
    except ScriptError as raised:
        return raised.message, raised.line or 1
    except ScriptLimit as raised:
        return str(raised), 1
    return None


@error("expression-syntax", "5.1", "Mend the expression: text needs quotes of its own, as in expr=\"'text'\".")
def expression_syntax(subject: Subject) -> Iterator[Finding]:
    """Expressions are ECMAScript."""
    for element in subject.elements:
        for name, source in expressions(element):
            fault = fault_of(subject, source)
            if fault is not None:
                yield element, f'attribute "{name}": "{source[:60]}" is no expression: {fault[0]}'


@error("script-syntax", "5.3.12", "Mend the script; put it into <![CDATA[ ]]> when it holds < or &.")
def script_syntax(subject: Subject) -> Iterator[Finding]:
    """Inline scripts can be parsed."""
    for element in subject.named("script"):
        fault = fault_of(subject, element.content())
        if fault is not None:
            yield element, f"line {fault[1]} of the script: {fault[0]}"


@error("variable-name", "5.1", "Choose a name of letters, digits and underscores that is no word of ECMAScript.")
def variable_name(subject: Subject) -> Iterator[Finding]:
    """What declares a variable gives it a name that variables may have."""
    for element in subject.elements:
        declares = element.name in ("var", "data") or not element.declaration.kinds.isdisjoint(FORM_ITEMS)
        name = element.text("item") if element.name == "foreach" else element.text("name") if declares else None
        fault = None if name is None else name_fault(name)
        if fault is not None:
            yield element, fault


@error("not-a-variable", "5.1", "Name variables, or properties of them, as in item or dialog.item.")
def not_a_variable(subject: Subject) -> Iterator[Finding]:
    """Namelists and assignments name variables."""
    for element in subject.named(*_NAMING):
        for name in _names(element):
            if not is_reference(name):
                yield element, f'"{name}" is neither a variable nor a property of one'


@error("session-is-read-only", "5.1.2", "Keep the value in a variable of your own.")
def session_is_read_only(subject: Subject) -> Iterator[Finding]:
    """Nobody assigns to the session."""
    for element in subject.named("assign"):
        name = element.text("name") or ""
        if name == "session" or name.startswith(("session.", "session[")):
            yield element, f'"{name}" cannot be assigned to: variables of the session are the platform\'s'


@warning("undeclared-variable", "5.1.1", "Declare it with <var>, or mend the name.")
def undeclared_variable(subject: Subject) -> Iterator[Finding]:
    """What is named is declared somewhere in the document."""
    known = subject.variables
    if known is None:
        return
    for element in subject.named(*_NAMING):
        for name in _names(element):
            if is_reference(name) and _first(name) not in known:
                near = hint(_first(name), sorted(known))
                yield element, f'nothing in this document declares the variable "{_first(name)}"{near}'


@warning("constant-condition", "5.3.4", "Remove the condition, or what it never lets happen.")
def constant_condition(subject: Subject) -> Iterator[Finding]:
    """A condition can come out either way."""
    for element in subject.named("if", "elseif", "prompt", "catch", "help", "noinput", "nomatch", "error"):
        condition = (element.text("cond") or "").strip()
        if condition in ("true", "false"):
            yield element, f"the condition is always {condition}"


def _names(element: Element) -> tuple[str, ...]:
    if element.name == "assign":
        return (element.text("name") or "",)
    return element.names("namelist") or ()


def _first(name: str) -> str:
    """`item` of `dialog.item[2].x`: the scopes' own names are left out."""
    parts = name.replace("[", ".").split(".")
    scoped = len(parts) > 1 and parts[0] in ("application", "document", "dialog")
    return (parts[1] if scoped else parts[0]).strip()


RULES = (
    expression_syntax,
    script_syntax,
    variable_name,
    not_a_variable,
    session_is_read_only,
    undeclared_variable,
    constant_condition,
)
