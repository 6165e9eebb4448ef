"""What documents are forgiven: each leniency by itself, told with its lines, and refused without it."""

import pytest

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import Fetched
from mirabelle.vxml_interpreter.commands import FetchRequest, Lenient, Traced
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.leniencies import LENIENCIES, NAMES
from mirabelle.vxml_interpreter.leniency.grammar_type_guessed import guess
from mirabelle.vxml_interpreter.mending import MOST_TOLD
from mirabelle.vxml_interpreter.nodes import NAMESPACE
from mirabelle.vxml_interpreter.settings import Limits, Settings
from mirabelle.vxml_interpreter.tree import Element
from mirabelle.vxml_interpreter.vocabulary import scan

VOCABULARY = scan()


def document(content: str, attributes: str = f'xmlns="{NAMESPACE}" version="2.0"') -> bytes:
    return f"<vxml {attributes}>\n{content}\n</vxml>".encode()


def prompt(content: str) -> bytes:
    return document(f"<form><block><prompt>\n{content}\n</prompt></block></form>")


def field(content: str) -> bytes:
    return document(f"<form><field>\n{content}\n</field></form>")


NONE = document("<form/>", 'version="2.0"')
# By name: the document, what is told, what it is without.
USES = {
    "no-namespace": (NONE, "no namespace is designated", "line 1, <vxml>: the element is in no namespace"),
    "missing-version": (
        document("<form/>", f'xmlns="{NAMESPACE}"'),
        'it is read as version="2.0"',
        'line 1, <vxml>: the attribute "version" is missing',
    ),
    "dtmf-1.0": (
        field('<dtmf src="builtin:dtmf/digits"/>'),
        'write <grammar mode="dtmf">',
        "line 3, <dtmf>: VoiceXML does not define this element",
    ),
    "sayas-1.0": (
        prompt('<sayas class="date">20260101</sayas>'),
        'write <say-as interpret-as="vxml:date">',
        "line 3, <sayas>: VoiceXML does not define this element",
    ),
    "emp-1.0": (
        prompt('<emp level="strong">now</emp>'),
        "write <emphasis>",
        "line 3, <emp>: VoiceXML does not define this element",
    ),
    "event-star": (
        document('<form>\n<catch event="error.* help"/></form>'),
        'write event="error help"',
        'line 3, <catch>: attribute "event": "error.*" is not the name of an event',
    ),
    "vendor-attribute": (
        document('<form>\n<block colour="red"/></form>'),
        'VoiceXML defines no attribute "colour": it has no effect',
        'line 3, <block>: VoiceXML defines no attribute "colour" here',
    ),
    "grammar-type-guessed": (
        field("<grammar>#ABNF 1.0;\nroot $a;\n$a = yes;</grammar>"),
        'the grammar has no media type; it is read as "application/srgs"',
        "line 3, <grammar>: an inline grammar that is not XML needs the attribute",
    ),
}


def load(body: bytes, lenient: frozenset[str] = NAMES, *, strict: bool = False) -> Documents:
    documents = Documents(VOCABULARY, Settings(lenient=lenient, strict=strict))
    documents.load(body)
    return documents


def first(body: bytes, *path: str) -> Element:
    element = Documents(VOCABULARY).load(body).element
    for name in path:
        element = next(element.elements(name))
    return element


def test_all_of_the_issue_are_there() -> None:
    assert set(LENIENCIES) == {*USES, "session.telephone"}


@pytest.mark.parametrize("name", USES)
def test_what_is_forgiven_is_told_with_its_line(name: str) -> None:
    body, told, refused = USES[name]
    (use,) = Documents(VOCABULARY).load(body).lenient
    assert (use.name, told in use.message) == (name, True)
    assert refused.startswith(f"line {use.line}, <{use.element}>")


@pytest.mark.parametrize("name", USES)
def test_nothing_is_forgiven_when_the_leniency_is_off(name: str) -> None:
    body, _, refused = USES[name]
    for settings in (Settings(lenient=NAMES - {name}), Settings(strict=True)):
        with pytest.raises(DocumentFault) as caught:
            Documents(VOCABULARY, settings).load(body)
        assert caught.value.located().startswith(refused)


@pytest.mark.parametrize("name", USES)
def test_one_leniency_needs_no_other(name: str) -> None:
    Documents(VOCABULARY, Settings(lenient=frozenset({name}))).load(USES[name][0])


def test_a_good_document_is_forgiven_nothing() -> None:
    body = field('<grammar type="application/srgs">#ABNF 1.0;</grammar><catch event="error."/>')
    assert Documents(VOCABULARY).load(body).lenient == ()


def test_settings_refuse_a_leniency_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match=r"'no-name-space' \(did you mean no-namespace\?\)"):
        Settings(lenient=frozenset({"no-name-space"}))


def test_each_leniency_is_told_once_a_document_with_all_its_lines() -> None:
    loaded = Documents(VOCABULARY).load(prompt("<emp>a</emp>\n<emp>b</emp><emp>c</emp>\n<sayas>d</sayas>"))
    told = list(loaded.forgiven("http://app/"))
    assert [(one.name, one.url, one.lines) for one in told] == [
        ("emp-1.0", "http://app/", (3, 4)),
        ("sayas-1.0", "http://app/", (5,)),
    ]


def test_no_more_uses_are_remembered_than_anybody_reads() -> None:
    assert len(Documents(VOCABULARY).load(prompt("<emp>a</emp>" * 5_000)).lenient) == MOST_TOLD


# ---- what is made of them ----


def test_dtmf_is_a_grammar_of_keys_with_the_same_attributes() -> None:
    grammar = first(field('<dtmf src="keys.grxml" type="application/srgs+xml"/>'), "form", "field", "grammar")
    assert dict(grammar.attributes) == {"mode": "dtmf", "src": "keys.grxml", "type": "application/srgs+xml"}


@pytest.mark.parametrize(
    ("written", "name", "attributes"),
    [
        ('class="phone"', "say-as", {"interpret-as": "vxml:phone"}),
        ('class="literal"', "say-as", {"interpret-as": "characters"}),
        ('class="acronym"', "say-as", {"interpret-as": "acronym"}),
        ('sub="W three C" class="digits"', "sub", {"alias": "W three C"}),
        ('phon="a"', "phoneme", {"ph": "a"}),
        ("", "prosody", {}),
    ],
)
def test_sayas_is_parted_as_ssml_parts_it(written: str, name: str, attributes: dict[str, str]) -> None:
    made = first(prompt(f"<sayas {written}>W3C</sayas>"), "form", "block", "prompt", name)
    assert dict(made.attributes) == attributes
    assert made.content() == "W3C"


def test_what_sub_replaces_may_be_computed() -> None:
    body = prompt('<sayas sub="one"><value expr="1"/></sayas> left')
    assert [child.name for child in first(body, "form", "block", "prompt").elements()] == ["sub"]
    assert "left" in first(body, "form", "block", "prompt").content()


@pytest.mark.parametrize(
    ("written", "names"),
    [("error.*", (("error",),)), ("a.b.* c", (("a", "b"), ("c",))), ("*", ((),)), ("help *", ((),)), (".*", ((),))],
)
def test_a_star_is_the_prefix_before_it(written: str, names: tuple[tuple[str, ...], ...]) -> None:
    (catch,) = first(document(f'<form><catch event="{written}"/></form>'), "form").catches
    assert catch.events == names


@pytest.mark.parametrize("written", ["a.*.b", "er*", "*.a"])
def test_a_star_in_the_middle_means_nothing(written: str) -> None:
    with pytest.raises(DocumentFault, match="is not the name of an event"):
        load(document(f'<form><catch event="{written}"/></form>'))


@pytest.mark.parametrize("written", ['v:x="1" xmlns:v="urn:v"', 'xml:space="preserve"', 'x-y="1"'])
def test_attributes_of_vendors(written: str) -> None:
    assert "x" not in first(document(f"<form><block {written}/></form>"), "form", "block").attributes


def test_an_attribute_of_another_element_is_no_vendors() -> None:
    with pytest.raises(DocumentFault, match='no attribute "cont" here') as caught:
        load(
            document('<form><block><throw event="a" bargein="true"/></block></form>').replace(b"bargein", b"cont"),
            NAMES - {"vendor-attribute"},
        )
    assert "did you mean" not in str(caught.value)
    with pytest.raises(DocumentFault, match='no attribute "bargein" here'):
        load(document('<form><block><throw event="a" bargein="true"/></block></form>'))


def test_what_is_inside_of_other_languages_is_left_alone() -> None:
    body = field(
        '<grammar mode="voice" root="r"><rule id="r" vendor="x"><item>session.telephone</item></rule></grammar>'
    )
    assert Documents(VOCABULARY).load(body).lenient == ()


@pytest.mark.parametrize(
    "content",
    [
        '<block><assign name="session.x" expr="session.telephone.ani"/></block>',
        "<script><![CDATA[ var a = session . telephone.dnis; ]]></script>",
    ],
)
def test_session_telephone_is_told(content: str) -> None:
    body = document(f"<form>\n{content}</form>")
    (use,) = Documents(VOCABULARY).load(body).lenient
    assert (use.name, use.line) == ("session.telephone", 3)
    assert Documents(VOCABULARY, Settings(strict=True)).load(body).lenient == ()


def test_other_versions_are_not_guessed() -> None:
    for version in ("1.0", "3.0"):
        with pytest.raises(DocumentFault, match='attribute "version"'):
            load(document("<form/>", f'xmlns="{NAMESPACE}" version="{version}"'))


def test_mending_knows_no_limits_of_its_own() -> None:
    with pytest.raises(DocumentFault, match="nested more than"):
        Documents(VOCABULARY, Settings(Limits(depth=10))).load(prompt("<emp>" * 20 + "</emp>" * 20))


# ---- what a dialogue tells of it ----


def told(body: bytes, *, trace: bool = False) -> list[object]:
    interpreter = Interpreter(Js2pyEngine(), settings=Settings(trace=trace))
    interpreter.start(FetchRequest("http://app/"))
    commands = interpreter.handle(Fetched("http://app/a.vxml", 200, {}, body))
    return [command for command in commands if isinstance(command, Lenient | Traced) and "emp-1.0" in str(command)]


def test_a_dialogue_tells_what_its_documents_were_forgiven() -> None:
    body = prompt("<emp>a</emp>\n<emp>b</emp>")
    forgiven = Lenient("emp-1.0", "VoiceXML 2.0 has no <emp>; write <emphasis>", "http://app/a.vxml", (3, 4))
    assert told(body) == [forgiven]
    assert told(body, trace=True) == [
        forgiven,
        *(Traced("lenient", f"emp-1.0: {forgiven.message}", forgiven.url, line) for line in (3, 4)),
    ]


def test_a_root_document_tells_it_too() -> None:
    interpreter = Interpreter(Js2pyEngine())
    interpreter.start(FetchRequest("http://app/"))
    leaf = document("<form/>", f'xmlns="{NAMESPACE}" version="2.0" application="root.vxml"')
    interpreter.handle(Fetched("http://app/", 200, {}, leaf))
    commands = interpreter.handle(Fetched("http://app/root.vxml", 200, {}, NONE))
    assert [command.name for command in commands if isinstance(command, Lenient)] == ["no-namespace"]


@pytest.mark.parametrize(
    ("content", "declared", "expected"),
    [
        (b"#ABNF 1.0;", "text/plain", "application/srgs"),
        (b"#ABNF 1.0;", "application/srgs; charset=utf-8", None),
        (b"#ABNF 1.0;", "", None),
        (b"<grammar/>", "text/xml", "application/srgs+xml"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a --> <!-- b -->\n<grammar>", "text/html", "application/srgs+xml"),
        (b'<!DOCTYPE grammar PUBLIC "a" "b"><grammar>', "text/xml", "application/srgs+xml"),
        ("<grammar/>".encode("utf-16"), "text/plain", "application/srgs+xml"),
        (b"<srgs:grammar/>", "text/plain", "application/srgs+xml"),
        (b"#JSGF V1.0;", "text/plain", "application/x-jsgf"),
        (b";GSL2.0", "text/plain", "application/x-nuance-gsl"),
        (b"<html/>", "text/plain", None),
        (b"<grammars/>", "text/plain", None),
        (b"", "text/plain", None),
        (b"yes | no", "text/plain", None),
        (b"<!---->" * 600, "text/plain", None),
    ],
)
def test_the_type_of_a_fetched_grammar_is_guessed_by_its_content(
    content: bytes, declared: str, expected: str | None
) -> None:
    assert guess(content, declared) == expected
