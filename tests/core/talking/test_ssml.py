"""Prompts written as SSML 1.0."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mirabelle.core.talking.ssml import NAMESPACE, ssml
from mirabelle.vxml_interpreter.speech.joining import joined
from mirabelle.vxml_interpreter.speech.prompt import Audio, Break, Lexicon, Mark, Markup, Prompt, Segment, Text
from mirabelle.vxml_interpreter.speech.segments import within

XML = "{http://www.w3.org/XML/1998/namespace}"


def written(*segments: Segment, language: str | None = "en-US") -> str:
    """What stands inside of `<speak>`."""
    text = ssml(Prompt(segments, language=language))
    return text[text.index(">") + 1 : -len("</speak>")]


def names(element: Any) -> list[str]:
    """An element and those around it, innermost first, without their namespace."""
    return [etree.QName(one).localname for one in (element, *element.iterancestors())]


def test_the_root_says_version_namespace_and_language() -> None:
    root = etree.fromstring(ssml(Prompt((Text("a"),), language="en-GB")))
    assert root.tag == f"{{{NAMESPACE}}}speak"
    assert (root.get("version"), root.get(f"{XML}lang"), len(root.attrib)) == ("1.0", "en-GB", 2)


def test_a_prompt_of_no_language_says_that_it_is_undetermined() -> None:
    assert etree.fromstring(ssml(Prompt((Text("a"),)))).get(f"{XML}lang") == "und"


def test_each_kind_of_segment() -> None:
    segments = (
        Text("Say  <yes>"),
        Break(0.5),
        Mark('a"b'),
        Audio("http://app/a.wav?x=1&y=2"),
        Audio("b.wav", (Text("or this"), Audio("c.wav"))),
        Break(2.0, strength="x-strong"),
    )
    assert written(*segments) == (
        'Say &lt;yes&gt; <break time="500ms"/> <mark name=\'a"b\'/> <audio src="http://app/a.wav?x=1&amp;y=2"/> '
        '<audio src="b.wav">or this <audio src="c.wav"/></audio> <break strength="x-strong" time="2000ms"/>'
    )


def test_markup_is_opened_once_around_all_that_is_in_it() -> None:
    voice, first, second = Markup("voice", {"gender": "female"}), Markup("s"), Markup("s")
    segments = (
        Text("a ", (voice,)),
        Text("b", (voice, first)),
        Break(1.0, (voice, first)),
        Text("c", (voice, second)),
        Text(" d"),
    )
    assert written(*segments) == ('<voice gender="female">a <s>b <break time="1000ms"/></s> <s>c</s></voice> d')


def test_what_replaces_a_recording_is_inside_of_it() -> None:
    voice, emphasis = Markup("voice", {"name": "A"}), Markup("emphasis")
    audio = Audio("a.wav", (Text("b ", (voice,)), Text("c", (voice, emphasis))), (voice,))
    assert written(audio) == '<voice name="A"><audio src="a.wav">b <emphasis>c</emphasis></audio></voice>'


def test_a_phoneme_without_text() -> None:
    assert written(Text("", (Markup("phoneme", {"ph": "tə"}),))) == '<phoneme ph="tə"></phoneme>'


def test_lexicons_come_first() -> None:
    prompt = Prompt((Text("a"),), language="en", lexicons=(Lexicon("http://a/b?c&d"), Lexicon("e", "x/y")))
    assert ssml(prompt).endswith('<lexicon uri="http://a/b?c&amp;d"/><lexicon uri="e" type="x/y"/>a</speak>')


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ud800", "\ufffe"])
def test_what_xml_cannot_hold_is_replaced(character: str) -> None:
    root = etree.fromstring(ssml(Prompt((Text(f"a{character}b"), Mark(f"c{character}")), language="en")))
    assert root.text == "a\ufffdb"
    assert root[0].get("name") == "c\ufffd"


# ---- whatever is said ----

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=8) | st.text("ab <>&'\" \n", max_size=8)
ATTRIBUTES = st.dictionaries(st.sampled_from(["pitch", "name"]), st.text("a\"'<&\n ", max_size=4), max_size=2)
LEAVES = st.lists(
    st.one_of(
        st.builds(Text, WORDS),
        st.builds(Break, st.sampled_from([0.0, 0.25, 3.0])),
        st.builds(Mark, st.text("ab<\"'& ", max_size=3)),
        st.builds(Audio, st.text("ab<\"'&", max_size=3)),
    ),
    max_size=4,
)


def _around(content: st.SearchStrategy[list[Segment]]) -> st.SearchStrategy[list[Segment]]:
    def marked(name: str, attributes: dict[str, str], segments: list[Segment]) -> list[Segment]:
        return within(Markup(name, attributes), segments)

    def replaced(segments: list[Segment]) -> list[Segment]:
        return [Audio("x", tuple(segments))]

    def side_by_side(parts: list[list[Segment]]) -> list[Segment]:
        return [segment for part in parts for segment in part]

    return st.one_of(
        st.builds(marked, st.sampled_from(["p", "s", "voice", "prosody"]), ATTRIBUTES, content),
        st.builds(replaced, content),
        st.builds(side_by_side, st.lists(content, max_size=3)),
    )


# The attribute that tells one from another.
VALUE = {"audio": "src", "break": "time", "mark": "name"}
SPOKEN = st.recursive(LEAVES, _around, max_leaves=12)


def flat(segments: Sequence[Segment]) -> list[tuple[str, object, list[str]]]:
    """Everything in the order in which it is heard, with the names of what is around it."""
    found: list[tuple[str, object, list[str]]] = []
    for segment in segments:
        around = [markup.name for markup in segment.within]
        match segment:
            case Audio(url, fallback):
                found += [("audio", url, around), *flat(fallback)]
            case Break(seconds):
                found.append(("break", f"{round(seconds * 1000)}ms", around))
            case Mark(name):
                found.append(("mark", name, around))
            case Text():
                pass
    return found


@given(SPOKEN)
def test_read_back_it_says_the_same(segments: list[Segment]) -> None:
    prompt = Prompt(joined(segments), language="en")
    root = etree.fromstring(ssml(prompt))
    assert "".join(str(text) for text in root.itertext()).split() == prompt.text.split()
    told = [(names(element)[0], element) for element in root.iter() if names(element)[0] in VALUE]
    assert [
        (kind, element.get(VALUE[kind]), [name for name in names(element)[:0:-1] if name not in ("speak", "audio")])
        for kind, element in told
    ] == flat(prompt.segments)


@given(SPOKEN)
def test_joining_changes_nothing_for_the_ear(segments: list[Segment]) -> None:
    once = joined(segments)
    assert Prompt(once).text == Prompt(tuple(segments)).text
    assert joined(once) == once
    assert flat(once) == flat(segments)
    plain = tuple(segment for segment in once if isinstance(segment, Text | Mark))
    if len(plain) == len(once):
        assert "".join(segment.text for segment in once if isinstance(segment, Text)) == Prompt(once).text


@given(SPOKEN)
def test_joined_texts_are_as_few_as_their_markup_allows(segments: list[Segment]) -> None:
    for before, after in zip(once := joined(segments), once[1:], strict=False):
        if isinstance(before, Text) and isinstance(after, Text):
            assert before.within != after.within
            assert not (before.text.endswith(" ") and after.text.startswith(" "))
    assert all(replace(segment, within=()) != Text("") for segment in once)
