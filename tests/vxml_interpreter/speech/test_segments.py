"""What the elements of SSML become: VoiceXML 2.0, 4.1.1 to 4.1.4."""

from collections.abc import Callable
from typing import Any

import pytest

from mirabelle.vxml_interpreter.settings import Limits, Settings
from mirabelle.vxml_interpreter.speech.prompt import Audio, Break, Lexicon, Mark, Prompt, Segment, Text

Talk = Callable[..., Any]
Spoken = Callable[..., Prompt]
SPOKEN = Settings(languages=frozenset({"en-US", "de"}))


@pytest.fixture
def spoken(talk: Talk) -> Spoken:
    """The prompt that a content becomes."""

    def speak(content: str, attributes: str = "") -> Prompt:
        conversation = talk(f"<form><block><prompt {attributes}>{content}</prompt></block></form>")
        (prompt,) = conversation.prompts
        assert isinstance(prompt, Prompt)
        return prompt

    return speak


def markup(segment: Segment) -> list[tuple[str, dict[str, str]]]:
    return [(around.name, dict(around.attributes)) for around in segment.within]


def shape(prompt: Prompt) -> list[tuple[str, str]]:
    """Texts with the names of what is around them."""
    return [
        (segment.text, " ".join(around.name for around in segment.within))
        for segment in prompt.segments
        if isinstance(segment, Text)
    ]


def test_each_kind_of_segment(spoken: Spoken) -> None:
    prompt = spoken(
        "Now <break time='250ms'/> <break strength='strong'/><mark name=' here  now '/>"
        "<audio src='a.wav'>or <value expr='1+1'/> that<audio src='/b.wav'/></audio>.",
        "xml:base='http://media/en/'",
    )
    assert prompt.segments == (
        Text("Now"),
        Break(0.25),
        Break(1.0, strength="strong"),
        Mark("here now"),
        Audio("http://media/en/a.wav", (Text("or 2 that"), Audio("http://media/b.wav", timeout=7)), timeout=7),
        Text("."),
    )


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("<break/>", Break(0.5, strength="medium")),
        ("<break strength='none'/>", Break(0.0, strength="none")),
        ("<break strength='x-weak'/>", Break(0.1, strength="x-weak")),
        ("<break strength='weak'/>", Break(0.25, strength="weak")),
        ("<break strength='x-strong'/>", Break(2.0, strength="x-strong")),
        ("<break strength='weak' time='3s'/>", Break(3.0, strength="weak")),
        ("<break time='.5s'/>", Break(0.5)),
        ("<mark name='a'/>", Mark("a")),
        ("<mark nameexpr='6 * 7'/>", Mark("42")),
    ],
)
def test_breaks_and_marks(spoken: Spoken, element: str, expected: Segment) -> None:
    assert spoken(element).segments == (expected,)


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("<emphasis>a</emphasis>", ("emphasis", {})),
        ("<emphasis level='strong'>a</emphasis>", ("emphasis", {"level": "strong"})),
        ("<p>a</p>", ("p", {})),
        ("<s xml:lang='ja'>a</s>", ("s", {"xml:lang": "ja"})),
        ("<phoneme ph='x'>a</phoneme>", ("phoneme", {"ph": "x"})),
        ("<phoneme ph='x' alphabet='ipa'>a</phoneme>", ("phoneme", {"ph": "x", "alphabet": "ipa"})),
        (
            "<say-as interpret-as='vxml:date' format='dmy' detail='2'>a</say-as>",
            ("say-as", {"interpret-as": "vxml:date", "format": "dmy", "detail": "2"}),
        ),
        (
            "<voice gender='female' age='6' variant='2' name='Mike  Ann' xml:lang='de-AT'>a</voice>",
            ("voice", {"gender": "female", "age": "6", "variant": "2", "name": "Mike Ann", "xml:lang": "de-AT"}),
        ),
        (
            "<prosody pitch='+2st' range='high' rate='-10%' volume='80' duration='3s' contour='(0%,+20Hz)'>a</prosody>",
            (
                "prosody",
                {
                    "pitch": "+2st",
                    "range": "high",
                    "rate": "-10%",
                    "volume": "80",
                    "duration": "3s",
                    "contour": "(0%,+20Hz)",
                },
            ),
        ),
    ],
)
def test_markup_is_kept_with_its_attributes(spoken: Spoken, element: str, expected: tuple[str, dict[str, str]]) -> None:
    (segment,) = spoken(element).segments
    assert markup(segment) == [expected]
    assert isinstance(segment, Text)
    assert segment.text == "a"


@pytest.mark.parametrize("element", ["<voice>a</voice>", "<prosody>a</prosody>"])
def test_a_voice_or_prosody_of_nothing_shapes_nothing(spoken: Spoken, element: str) -> None:
    assert spoken(element).segments == (Text("a"),)


def test_markup_nests_outermost_first(spoken: Spoken) -> None:
    prompt = spoken("<voice name='A'>x <prosody rate='slow'>y <emphasis>z</emphasis></prosody></voice> w")
    assert shape(prompt) == [
        ("x ", "voice"),
        ("y ", "voice prosody"),
        ("z", "voice prosody emphasis"),
        (" w", ""),
    ]
    voices = {segment.within[0] for segment in prompt.segments if segment.within}
    assert len(voices) == 1


def test_two_sentences_that_look_alike_are_two(spoken: Spoken) -> None:
    first, blank, second = spoken("<s>a</s><s>a</s>").segments
    assert blank == Text(" ")
    assert first.within != second.within


def test_markup_goes_around_recordings_and_what_replaces_them(spoken: Spoken) -> None:
    (audio,) = spoken("<voice name='A'><audio src='a.wav'>b<mark name='c'/></audio></voice>").segments
    assert isinstance(audio, Audio)
    assert [markup(segment) for segment in (audio, *audio.fallback)] == [[("voice", {"name": "A"})]] * 3
    assert audio.within == audio.fallback[0].within


def test_an_alias_is_heard_in_place_of_what_is_written(spoken: Spoken) -> None:
    assert spoken("The <sub alias='World Wide Web Consortium'>W3C</sub>.").segments == (
        Text("The World Wide Web Consortium."),
    )


def test_a_phoneme_may_be_empty(spoken: Spoken) -> None:
    (segment,) = spoken(" <phoneme ph='x'/> ").segments
    assert segment == Text("", segment.within)
    assert markup(segment) == [("phoneme", {"ph": "x"})]


def test_descriptions_and_metadata_are_not_heard(spoken: Spoken) -> None:
    prompt = spoken(
        "<meta name='a' content='b'/><metadata><x xmlns='urn:x'>c</x></metadata>"
        "<audio src='a.wav'><desc xml:lang='de'>d</desc></audio>e"
    )
    assert prompt.text == "e"


def test_lexicons_go_with_their_prompt(spoken: Spoken) -> None:
    prompt = spoken("<lexicon uri='a.pls'/><lexicon uri='/b' type='x/y'/>c", "xml:base='http://words/en/'")
    assert prompt.lexicons == (Lexicon("http://words/en/a.pls"), Lexicon("http://words/b", "x/y"))


def test_the_language_of_a_prompt_is_its_own_or_the_documents(talk: Talk) -> None:
    body = (
        '<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml" xml:lang="de"><form><block>'
        "<prompt>a <voice xml:lang='fr'>b</voice></prompt><prompt xml:lang='ja'>c</prompt></block></form></vxml>"
    )
    first, second = talk(body).prompts
    assert (first.language, second.language) == ("de", "ja")
    assert [markup(segment) for segment in first.segments] == [[], [("voice", {"xml:lang": "fr"})]]


def rooted(talk: Talk, handler: str) -> list[Prompt]:
    """What a handler of the root document says in a leaf, where both have languages and bases of their own."""
    root = f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml" xml:lang="fr" xml:base="root/">{handler}</vxml>'
    leaf = (
        '<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml" application="root.vxml" xml:lang="de"'
        ' xml:base="leaf/"><form><block>Eins.<throw event="e"/></block></form></vxml>'
    )
    prompts: list[Prompt] = talk(leaf, documents={"http://app/leaf/root.vxml": root}).prompts
    return prompts


@pytest.mark.parametrize("content", ["Deux.", "<audio src='a.wav'/>Deux.", "<prompt>Deux.</prompt>"])
def test_a_handler_of_the_root_speaks_the_language_of_the_root(talk: Talk, content: str) -> None:
    prompts = rooted(talk, f"<catch event='e'>{content}</catch>")
    assert [prompt.language for prompt in prompts] == ["de", "fr"]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", "http://app/leaf/a.wav"),
        ("xml:base='http://media/en/'", "http://media/en/a.wav"),
    ],
)
def test_a_handler_of_the_root_finds_audio_from_the_leaf_or_where_its_prompt_says(
    talk: Talk, attributes: str, expected: str
) -> None:
    prompts = rooted(talk, f"<catch event='e'><prompt {attributes}><audio src='a.wav'/></prompt></catch>")
    (audio,) = prompts[1].segments
    assert isinstance(audio, Audio)
    assert audio.url == expected


@pytest.mark.parametrize("content", ["<prompt xml:lang='fr'>a</prompt>", "<prompt><s xml:lang='fr'>a</s></prompt>"])
def test_a_language_that_nobody_speaks_is_an_error(talk: Talk, content: str) -> None:
    conversation = talk(f"<form><block>{content}</block></form>", settings=SPOKEN)
    assert conversation.thrown == ["error.unsupported.language"]
    assert '"fr"' in conversation.messages[0]


def test_a_dialect_of_a_language_that_is_spoken_is_none(talk: Talk) -> None:
    content = (
        "<form><block><prompt xml:lang='de-AT'>a<audio src='a'><s xml:lang='en'>b</s></audio></prompt></block></form>"
    )
    assert talk(content, settings=SPOKEN).thrown == []


class TestFetching:
    """4.1.3, Table 37."""

    def audio(self, talk: Talk, attributes: str, properties: str = "") -> Audio:
        content = f"{properties}<form><block><audio src='a.wav' {attributes}/></block></form>"
        (segment,) = talk(content).prompts[0].segments
        assert isinstance(segment, Audio)
        return segment

    def test_attributes(self, talk: Talk) -> None:
        audio = self.audio(talk, "fetchtimeout='3s' maxage='4' maxstale='5' fetchhint='safe'")
        assert (audio.timeout, audio.maxage, audio.maxstale) == (3, 4, 5)

    def test_properties(self, talk: Talk) -> None:
        properties = (
            "<property name='fetchtimeout' value='3s'/><property name='audiomaxage' value='4'/>"
            "<property name='audiomaxstale' value='5'/><property name='documentmaxage' value='9'/>"
        )
        audio = self.audio(talk, "", properties)
        assert (audio.timeout, audio.maxage, audio.maxstale) == (3, 4, 5)

    def test_an_attribute_before_a_property(self, talk: Talk) -> None:
        assert self.audio(talk, "maxage='0'", "<property name='audiomaxage' value='4'/>").maxage == 0


class TestAddresses:
    """What `expr` may be: 4.1.3."""

    def test_a_recording_is_named_by_an_absolute_address(self, spoken: Spoken) -> None:
        (audio,) = spoken("<audio expr=\"'recording:1-2'\"/>", "xml:base='http://media/en/'").segments
        assert isinstance(audio, Audio)
        assert audio.url == "recording:1-2"

    def test_what_is_no_address_is_heard_as_its_content(self, spoken: Spoken) -> None:
        assert spoken("<audio expr=\"'http://['\"><s>a</s></audio>").text == "a"

    def test_an_expression_that_fails_is_an_error(self, talk: Talk) -> None:
        conversation = talk("<form><block><audio expr='nobody'>a</audio></block></form>")
        assert conversation.thrown == ["error.semantic"]


class TestBounds:
    """Prompts that wait are bounded while they are made."""

    LIMITED = Settings(Limits(queued=2_000))

    def test_a_prompt_that_is_too_long(self, talk: Talk) -> None:
        conversation = talk(f"<form><block>{'x' * 2_001}</block></form>", settings=self.LIMITED)
        assert conversation.thrown == ["error.semantic"]
        assert "more than 2000 characters" in conversation.messages[0]

    def test_markup_around_many_segments(self, talk: Talk) -> None:
        content = "<prosody rate='slow'>" * 30 + "<break/>" * 60 + "</prosody>" * 30
        document = "<form><block><prompt>{}</prompt></block></form>"
        assert talk(document.format("<break/>" * 60), settings=self.LIMITED).thrown == []
        conversation = talk(document.format(content), settings=self.LIMITED)
        assert conversation.thrown == ["error.semantic"]

    def test_prompts_that_were_given_up_do_not_count(self, talk: Talk) -> None:
        content = (
            "<form><catch event='error.semantic'><assign name='n' expr='n + 1'/><if cond='n &lt; 20'>"
            f"<goto nextitem='b'/></if></catch><var name='n' expr='0'/>"
            f"<block name='b'>{'x' * 1_000}<value expr='nobody'/></block></form>"
        )
        conversation = talk(content, settings=self.LIMITED)
        assert set(conversation.messages) == {conversation.messages[0]}
        assert "nobody" in conversation.messages[0]

    def test_each_long_prompt_lets_others_run(self, talk: Talk) -> None:
        content = "<break/>" * 1_000
        conversation = talk(f"<form><block><prompt>{content}</prompt></block></form>")
        breaths = [type(ask).__name__ for ask in conversation.asks].count("Breathe")
        assert breaths >= 3
