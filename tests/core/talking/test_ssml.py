from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mirabelle.core.talking.ssml import ssml
from mirabelle.vxml_interpreter.speech.prompt import Audio, Break, Prompt, Text


def test_each_kind_of_segment() -> None:
    segments = (
        Text(" Say  <yes> "),
        Break(0.5),
        Audio("http://app/a.wav?x=1&y=2"),
        Audio("b.wav", (Text("or this"), Audio("c.wav"))),
    )
    assert ssml(Prompt(segments, language="en-GB")) == (
        '<speak xml:lang="en-GB">Say &lt;yes&gt; <break time="500ms"/> <audio src="http://app/a.wav?x=1&amp;y=2"/> '
        '<audio src="b.wav">or this <audio src="c.wav"/></audio></speak>'
    )


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF)), st.text("abc\"'<>& "))
def test_whatever_is_said_it_is_one_element(text: str, url: str) -> None:
    element = etree.fromstring(ssml(Prompt((Text(text), Audio(url)))))
    assert " ".join((element.text or "").split()) == " ".join(text.split())
    assert [audio.get("src") for audio in element] == [url]
