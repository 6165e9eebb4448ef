"""Rules about forms, menus and what they listen to: VoiceXML 2.0, 2.1 to 2.5 and 3.1.4."""

from collections.abc import Iterable, Iterator

from mirabelle.vxml_interpreter.builtin_types import offered
from mirabelle.vxml_interpreter.checking.rule import Finding, error, warning
from mirabelle.vxml_interpreter.checking.subject import Subject, descend
from mirabelle.vxml_interpreter.checking.transitions import fragment_here
from mirabelle.vxml_interpreter.declarations import FORM_ITEMS, Kind
from mirabelle.vxml_interpreter.faults import hint
from mirabelle.vxml_interpreter.tree import Element


def _asks(field: Element) -> bool:
    return "type" in field or any(field.elements("grammar", "option"))


def _deaf(subject: Subject) -> Iterator[Element]:
    """Fields at which nothing at all listens."""
    elsewhere = "application" in subject.root or any(subject.root.elements("link")) or _of_document(subject)
    for form in subject.dialogs:
        around = elsewhere or any(form.elements("grammar", "link"))
        for field in form.elements("field"):
            own = _asks(field) or any(field.elements("link")) or "expr" in field
            if not own and (field.flag("modal") or not around) and not _universals(subject):
                yield field


@error("nothing-listens", "3.1.4", "Give the field a type, options or a grammar.")
def nothing_listens(subject: Subject) -> Iterator[Finding]:
    """Something listens whenever the caller is waited for."""
    for field in _deaf(subject):
        yield field, "no grammar listens here: the field has neither type, options nor a grammar"


def _of_document(subject: Subject) -> bool:
    grammars = (grammar for dialog in subject.dialogs for grammar in dialog.elements("grammar"))
    scopes = [element.text("scope") for element in (*subject.dialogs, *grammars)]
    return "document" in scopes


def _universals(subject: Subject) -> bool:
    return any("universals" in element.properties for element in subject.elements)


@warning("never-filled", "2.3.1", "Give the field a type, options or a grammar, or the form a grammar.")
def never_filled(subject: Subject) -> Iterator[Finding]:
    """What a field hears can fill it."""
    deaf = set(_deaf(subject))
    for form in subject.dialogs:
        for field in form.elements("field") if not any(form.elements("grammar")) else ():
            if not _asks(field) and field not in deaf and "expr" not in field:
                yield field, "nothing that the caller says can fill this field"


@error("unsupported-type", "P", "Use a builtin type that is offered, or a grammar.")
def unsupported_type(subject: Subject) -> Iterator[Finding]:
    """Builtin types are offered: otherwise error.unsupported.builtin."""
    for field in subject.named("field"):
        name = field.text("type")
        if name is not None and not offered(name):
            yield field, f'the builtin type "{name}" is not offered'


@error("menu-without-choices", "2.2.1", "Add a <choice>.")
def menu_without_choices(subject: Subject) -> Iterator[Finding]:
    """A menu has something to choose from."""
    for menu in subject.named("menu"):
        if not any(menu.elements("choice")):
            yield menu, "the menu has no choice"


@warning("silent-choice", "2.2.2", "Give it words, keys or a grammar.")
def silent_choice(subject: Subject) -> Iterator[Finding]:
    """Choices and options can be chosen."""
    for menu in subject.named("menu"):
        for choice in menu.elements("choice") if not menu.flag("dtmf") else ():
            if not choice.content().strip() and "dtmf" not in choice and not any(choice.elements("grammar")):
                yield choice, "nobody can choose this: it has neither words, keys nor a grammar"
    for option in subject.named("option"):
        if not option.content().strip() and not (option.text("dtmf") or "").strip():
            yield option, "nobody can choose this: it has neither words nor keys"


@warning("same-input-twice", "2.2.2", "Give each choice words and keys of its own.")
def same_input_twice(subject: Subject) -> Iterator[Finding]:
    """Of two choices with the same words or keys the first is taken."""
    for element in subject.named("menu", "field"):
        yield from _repeated(element.elements("choice", "option"))


def _repeated(choices: Iterable[Element]) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Element] = {}
    for choice in choices:
        keys = "".join((choice.text("dtmf") or "").split())
        words = "" if any(choice.elements("grammar")) else " ".join(choice.content().split())
        for kind, written in (("keys", keys), ("words", words)):
            first = seen.setdefault((kind, written.casefold()), choice)
            if written and first is not choice:
                yield choice, f'the {kind} "{written}" are those of line {first.line}, which is taken'


@warning("link-without-grammar", "2.5", "Give it a grammar or keys.")
def link_without_grammar(subject: Subject) -> Iterator[Finding]:
    """A link can be followed."""
    for link in subject.named("link"):
        if not any(link.elements("grammar")) and "dtmf" not in link:
            yield link, "nobody can follow this link: it has neither a grammar nor keys"


@error("initial-without-grammar", "2.3.3", "Give the form a grammar.")
def initial_without_grammar(subject: Subject) -> Iterator[Finding]:
    """`<initial>` waits for what a grammar of the form understands."""
    for form in subject.dialogs:
        if not any(form.elements("grammar")):
            for initial in form.elements("initial"):
                yield initial, "the form has no grammar for it"


@warning("filled-watches-nothing", "2.4", "Remove it, or add an input item.")
def filled_watches_nothing(subject: Subject) -> Iterator[Finding]:
    """`<filled>` in a form watches input items."""
    for form in subject.dialogs:
        if not any(form.of_kind(Kind.INPUT_ITEM)):
            for filled in form.elements("filled"):
                yield filled, "the form has no input item that could be filled"


@warning("name-used-twice", "2.3.1", "Give the variable and the item names of their own.")
def name_used_twice(subject: Subject) -> Iterator[Finding]:
    """A form item's variable is its own."""
    for form in subject.dialogs:
        variables = {variable.text("name") for variable in form.elements("var")} - {None}
        for item in form.of_kind(*FORM_ITEMS):
            if item.text("name") in variables:
                yield item, f'a <var> of the form has the name "{item.text("name")}" too: they are one variable'


@error("parameter-without-variable", "2.3.4", "Declare it with <var> in the form that is called.")
def parameter_without_variable(subject: Subject) -> Iterator[Finding]:
    """What a subdialog is given, it declares."""
    for call, form in _calls(subject):
        declared = {variable.text("name") or "" for variable in form.elements("var")}
        for parameter in call.elements("param"):
            name = parameter.text("name") or ""
            if name not in declared:
                yield parameter, f'the form of line {form.line} declares no variable "{name}"{hint(name, declared)}'


@warning("call-without-return", "2.3.4", "End the dialog that is called with <return/>.")
def call_without_return(subject: Subject) -> Iterator[Finding]:
    """A subdialog that just ends, ends the whole session."""
    for call, dialog in _calls(subject):
        # Whatever leads on from there may return.
        if not any(element.name in ("return", "goto", "submit", "choice", "link") for element in descend(dialog)):
            yield call, f"the dialog of line {dialog.line} never returns: when it is over, so is the session"


def _calls(subject: Subject) -> Iterator[tuple[Element, Element]]:
    dialogs = {dialog.text("id"): dialog for dialog in subject.dialogs}
    for call in subject.named("subdialog"):
        dialog = dialogs.get(fragment_here(call) or "")
        if dialog is not None:
            yield call, dialog


@error("not-offered", "5.2.6", "Do without it on this platform.")
def not_offered(subject: Subject) -> Iterator[Finding]:
    """Elements that this interpreter does not offer are error.unsupported.NAME when they are reached."""
    for element in subject.elements:
        declaration, kinds = element.declaration, element.declaration.kinds
        unbuilt = (
            (not kinds.isdisjoint(FORM_ITEMS) and declaration.item is None)
            or (Kind.EXECUTABLE in kinds and declaration.execute is None)
            or (Kind.SENTENCE in kinds and declaration.speak is None)
        )
        if unbuilt:
            yield element, f"is not offered here: error.unsupported.{element.name}"


RULES = (
    nothing_listens,
    never_filled,
    unsupported_type,
    menu_without_choices,
    silent_choice,
    same_input_twice,
    link_without_grammar,
    initial_without_grammar,
    filled_watches_nothing,
    name_used_twice,
    parameter_without_variable,
    call_without_return,
    not_offered,
)
