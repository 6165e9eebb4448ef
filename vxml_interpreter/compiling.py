"""An XML tree to a compiled document, checked against the vocabulary: VoiceXML 2.0, Appendix F.3 and 5.2.6."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from lxml import etree

from mirabelle.vxml_interpreter import leniencies, properties
from mirabelle.vxml_interpreter.declarations import AttributeValue, Declaration, Kind, Vocabulary
from mirabelle.vxml_interpreter.designations import Misdesignated
from mirabelle.vxml_interpreter.document import Document, document_of
from mirabelle.vxml_interpreter.events import event_name
from mirabelle.vxml_interpreter.faults import DocumentFault, hint
from mirabelle.vxml_interpreter.leniency import no_namespace
from mirabelle.vxml_interpreter.mending import Lenience, Mending
from mirabelle.vxml_interpreter.nodes import NAMESPACE, SCHEMA_INSTANCE, attribute_name, is_entity, line_of, name_of
from mirabelle.vxml_interpreter.tree import NOTHING, Catch, Characters, Element

_MOST_FAULTS = 200
_LONGEST_BASE = 4_000  # characters
# Characters: namespaces that are declared further out are written into the markup of each opaque element.
_MOST_MARKUP = 5_000_000

Nodes = list[Element | Characters]


@dataclass(frozen=True, slots=True)
class Examined:
    """What became of an XML tree. `document` None: it has faults. `element` is what could be made of it all the same.

    `faults` and `lenient` are in the order in which they were found.
    """

    element: Element | None
    document: Document | None
    faults: Sequence[DocumentFault] = ()
    lenient: Sequence[Lenience] = ()


def compile_document(root: etree._Element, vocabulary: Vocabulary, lenient: frozenset[str] = frozenset()) -> Document:
    """The document, or its first fault. The tree is used up."""
    examined = examine(root, vocabulary, lenient)
    if examined.document is None:
        raise examined.faults[0]
    return examined.document


def examine(root: etree._Element, vocabulary: Vocabulary, lenient: frozenset[str] = frozenset()) -> Examined:
    """The document and all that is wrong with it. `lenient` names the leniencies in force; the tree is used up."""
    namespace, name = name_of(root)
    if name != "vxml":
        cause = "the root element must be <vxml>"
        return Examined(None, None, [DocumentFault(cause, line_of(root), name, "F.1", rule="root-element")])
    lacks_namespace = not namespace and no_namespace.LENIENCY.name in lenient
    own = "" if lacks_namespace else NAMESPACE
    mending = Mending(leniencies.named(lenient), own, vocabulary.attributes)
    if lacks_namespace:
        mending.tell(no_namespace.LENIENCY.name, root, no_namespace.MESSAGE)
    compiler = _Compiler(vocabulary, own, mending)
    element: Element | None = None
    with suppress(_Enough):
        element = compiler.element(root, None, "", None)
    if element is None or compiler.faults:
        return Examined(element, None, compiler.faults, mending.used)
    return Examined(element, document_of(element, tuple(mending.used)), (), mending.used)


class _Enough(Exception):
    """Nobody reads more faults than these."""


class _Compiler:
    def __init__(self, vocabulary: Vocabulary, namespace: str, mending: Mending) -> None:
        self.vocabulary = vocabulary
        self.namespace = namespace
        self.mending = mending
        self.faults: list[DocumentFault] = []
        self.markup = 0

    def element(
        self, node: etree._Element, parent: Declaration | None, base: str, language: str | None
    ) -> Element | None:
        if name_of(node)[0] == self.namespace:
            self.mending.mend(node)
        declaration = self._declaration(node, parent)
        if declaration is None:
            return None
        attributes = self._attributes(node, declaration)
        base = self._base(node, base, str(attributes.get("xml:base", "")))
        language = str(attributes.get("xml:lang", language or "")) or None
        children = _written(node) if declaration.opaque else self._children(node, declaration, base, language)
        element = _assembled(declaration, node, attributes, children, base, language)
        self.markup += len(element.markup)
        if self.markup > _MOST_MARKUP:
            cause = f"the markup of other languages has more than {_MOST_MARKUP} characters with its namespaces"
            self._fault("too-large", cause, node, declaration.name)
            raise _Enough
        self._check(element)
        return element

    def _base(self, node: etree._Element, outer: str, own: str) -> str:
        if not own:
            return outer
        try:
            urlsplit(own)
            # Each element keeps its own: a long one must not be multiplied.
            if len(base := urljoin(outer, own)) > _LONGEST_BASE:
                raise ValueError(f"it has more than {_LONGEST_BASE} characters")
            return base
        except ValueError as error:
            cause = f'attribute "xml:base": "{own[:_LONGEST_BASE]}" is not a URI: {error}'
            self._fault("bad-value", cause, node, name_of(node)[1], "1.5.1")
            return outer

    def _fault(self, rule: str, cause: str, node: etree._Element | Element, name: str, section: str = "") -> None:
        line = node.line if isinstance(node, Element) else line_of(node)
        self.faults.append(DocumentFault(cause, line, name, section, rule=rule))
        if len(self.faults) >= _MOST_FAULTS:
            raise _Enough

    def _declaration(self, node: etree._Element, parent: Declaration | None) -> Declaration | None:
        namespace, name = name_of(node)
        own = namespace == self.namespace
        declaration = self.vocabulary.get(name, NAMESPACE if own else namespace)
        if declaration is not None and declaration.within is not None and parent is not None:
            declaration = declaration.within(parent)
        if declaration is None and own:
            near = hint(name, self.vocabulary.elements)
            self._fault("unknown-element", f"VoiceXML does not define this element{near}", node, name, "F.3")
        elif declaration is None:
            owner = f'the namespace "{namespace}", of which nothing is known' if namespace else "no namespace"
            self._fault("foreign-element", f"the element is in {owner}; VoiceXML's is {NAMESPACE}", node, name, "F.2")
        elif parent is not None and not parent.accepts(declaration):
            cause = f"must not stand inside <{parent.name}>"
            self._fault("misplaced-element", cause, node, name, declaration.section)
        else:
            return declaration
        return None

    def _attributes(self, node: etree._Element, declaration: Declaration) -> dict[str, AttributeValue]:
        values: dict[str, AttributeValue] = {}
        for key, text in node.attrib.items():
            name = attribute_name(str(key))
            attribute = declaration.attribute(name)
            if attribute is not None:
                try:
                    values[name] = attribute.parse(str(text))
                except Misdesignated as error:
                    cause = f'attribute "{name}": {error}'
                    self._fault("bad-value", cause, node, declaration.name, declaration.section)
            elif not str(key).startswith(SCHEMA_INSTANCE):
                near = hint(name, (each.name for each in declaration.attributes))
                definer = "VoiceXML defines" if declaration.namespace == NAMESPACE else "there is"
                cause = f'{definer} no attribute "{name[:100]}" here{near}'
                self._fault("unknown-attribute", cause, node, declaration.name, "F.3")
        for attribute in declaration.attributes:
            if attribute.required and attribute.key not in node.attrib:
                cause = f'the attribute "{attribute.name}" is missing'
                self._fault("missing-attribute", cause, node, declaration.name, declaration.section)
        return values

    def _children(self, node: etree._Element, declaration: Declaration, base: str, language: str | None) -> Nodes:
        children: Nodes = []
        for child in _nodes(node):
            if isinstance(child, Characters):
                if declaration.character_data:
                    children.append(child)
                elif child.text.strip():
                    cause = f'text is not allowed here: "{child.text.strip()[:40]}"'
                    self._fault("misplaced-text", cause, node, declaration.name, declaration.section)
            elif is_entity(child):
                cause = f"the entity {child.text or ''} is not known: document types are not loaded"
                self._fault("unknown-entity", cause, node, declaration.name, "F.1")
            else:
                element = self.element(child, declaration, base, language)
                children += [element] if element is not None else []
        return self._with_prompts(children, base, language) if declaration.spoken else children

    def _with_prompts(self, children: Nodes, base: str, language: str | None) -> Nodes:
        """Bare text, audio and values become the prompts that they stand for: 4.1.2, 5.3.5."""
        prompt = self.vocabulary.get("prompt")
        if prompt is None:
            return children
        done: Nodes = []
        run: Nodes = []
        for child in [*children, None]:
            if isinstance(child, Characters) or (child and Kind.AUDIBLE in child.declaration.kinds):
                run.append(child)
                continue
            if any(isinstance(part, Element) or part.text.strip() for part in run):
                done.append(Element(prompt, run[0].line, NOTHING, tuple(run), base=base, language=language))
            done += [child] if child is not None else []
            run = []
        return done

    def _check(self, element: Element) -> None:
        declaration = element.declaration
        for group in declaration.exactly_one:
            if sum(name in element for name in group) != 1:
                cause = f"exactly one of the attributes {_listed(group)} must be given"
                self._fault("exclusive-attributes", cause, element, element.name, declaration.section)
        for group in declaration.at_most_one:
            if sum(name in element for name in group) > 1:
                cause = f"only one of the attributes {_listed(group)} may be given"
                self._fault("exclusive-attributes", cause, element, element.name, declaration.section)
        if declaration.check is not None:
            for culprit, cause in declaration.check(element):
                self._fault("rule-of-element", cause, culprit, culprit.name, culprit.declaration.section)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _nodes(node: etree._Element) -> Iterator[etree._Element | Characters]:
    line = line_of(node)
    if node.text:
        yield Characters(node.text, line)
    for child in node:
        yield child
        if child.tail:
            yield Characters(child.tail, line_of(child))


def _written(node: etree._Element) -> Nodes:
    """Opaque content that is not XML, as text."""
    return [Characters(node.text, line_of(node))] if node.text and not len(node) else []


def _assembled(
    declaration: Declaration,
    node: etree._Element,
    attributes: dict[str, AttributeValue],
    children: Nodes,
    base: str,
    language: str | None,
) -> Element:
    elements = [child for child in children if isinstance(child, Element)]
    values = _properties(elements)
    return Element(
        declaration,
        line_of(node),
        MappingProxyType(attributes),
        tuple(children),
        tuple(_catch(child) for child in elements if Kind.HANDLER in child.declaration.kinds),
        values,
        tuple(properties.faults(values)),
        base,
        language,
        _markup(node) if declaration.opaque else "",
    )


def _markup(node: etree._Element) -> str:
    """Opaque content as it is written, in its element; "" when there is none."""
    if not len(node) and not (node.text or "").strip():
        return ""
    return str(etree.tostring(node, encoding="unicode", with_tail=False))


def _properties(children: list[Element]) -> Mapping[str, str]:
    found = {child.text("name") or "": child.text("value") or "" for child in children if child.name == "property"}
    return MappingProxyType(found) if found else NOTHING


def _catch(element: Element) -> Catch:
    events = element.declaration.events or element.names("event") or ("",)
    return Catch(
        element,
        tuple(event_name(event) for event in events),
        int(element.number("count") or 1),
        "cond" in element,
    )
