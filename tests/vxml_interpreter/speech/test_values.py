"""The values that SSML allows, and what the loader says of others: SSML 1.0, 3.1 to 3.3."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.vxml_interpreter.designations import Misdesignated
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.speech import values

DOCUMENTS = Documents()
START = '<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml"'


def load(content: str) -> None:
    body = f"{START}><form><block><prompt>{content}</prompt></block></form></vxml>"
    DOCUMENTS.load(body.encode(), "application/voicexml+xml")


PITCHES = ["200Hz", ".5Hz", "5.Hz", "+10Hz", "-5.5Hz", "+5st", "-0.5st", "3%", "+15.2%", "-8.0%", "x-low", "default"]
LEGAL = [
    *(f"<prosody pitch='{pitch}'>a</prosody>" for pitch in PITCHES),
    *(f"<prosody range='{pitch}'>a</prosody>" for pitch in PITCHES),
    *(f"<prosody rate='{rate}'>a</prosody>" for rate in ["1", "0.5", "+50%", "-10%", "x-slow", "fast", "default"]),
    *(
        f"<prosody volume='{volume}'>a</prosody>"
        for volume in ["0", "100", "100.0", "+10", "-5.5", "+200", "150%", "silent", "x-loud", "default"]
    ),
    "<prosody contour='(0%,+20Hz) (10%,+30%) (40%,x-high)  (120%,-2st)'>a</prosody>",
    "<prosody duration='250ms'>a</prosody>",
    "<prosody rate='slow'><p><s>a</s></p></prosody>",
    "<phoneme ph='' alphabet='ipa'/>",
    "<phoneme ph='a' alphabet='x-JEITA-2000'>a</phoneme>",
    "<voice age='0' variant='1' gender='neutral' name='A B' xml:lang='zh-Hant-TW'>a</voice>",
    "<emphasis level='reduced'>a</emphasis>",
    "<say-as interpret-as='vxml:digits'>1<value expr='2'/></say-as>",
    "<meta name='a' content=''/><metadata/><lexicon uri='a'/> <meta name='b' content=''/>a",
    "<audio src=''>a</audio>",
    "<mark name='a b'/><mark nameexpr='c'/>",
]
ILLEGAL = {
    **{
        f"<prosody pitch='{pitch}'>a</prosody>": "is not a pitch"
        for pitch in ["200", "2st", "-", "200 Hz", "hi", "1hz"]
    },
    "<prosody range='wide'>a</prosody>": "is not a pitch",
    **{f"<prosody rate='{rate}'>a</prosody>": "is not a rate" for rate in ["-1", "120wpm", "1e3", "quick", ""]},
    **{f"<prosody volume='{volume}'>a</prosody>": "is not a volume" for volume in ["101", "6dB", "noisy", "1" * 50]},
    "<prosody duration='3'>a</prosody>": "is not a time",
    "<prosody duration='-3s'>a</prosody>": "is not a time",
    **{
        f"<prosody contour='{contour}'>a</prosody>": "contour"
        for contour in ["", "(0%, +20Hz)", "0%,+20Hz", "(0,+20Hz)", "(0%,20)", "(-1%,low)", "(0%,low)(9%,low)"]
    },
    "<break time='3'/>": "is not a time",
    "<break time='-1s'/>": "is not a time",
    "<break strength='huge'/>": "is none of",
    "<emphasis level='loud'>a</emphasis>": "is none of",
    "<voice gender='other'>a</voice>": "is none of",
    "<voice age='-1'>a</voice>": "is not a whole number from 0 on",
    "<voice age='young'>a</voice>": "is not an integer",
    "<voice variant='0'>a</voice>": "is not a whole number from 1 on",
    "<voice name=' '>a</voice>": "names nothing",
    "<voice xml:lang='en_US'>a</voice>": "is not a language",
    "<s xml:lang='english, please'>a</s>": "is not a language",
    "<p xml:lang='x-'>a</p>": "is not a language",
    "<audio src='a'><desc xml:lang='-'>a</desc></audio>": "is not a language",
    "<phoneme>a</phoneme>": 'the attribute "ph" is missing',
    "<phoneme ph='a' alphabet='sampa'>a</phoneme>": 'neither "ipa" nor',
    "<phoneme ph='a' alphabet='x-'>a</phoneme>": 'neither "ipa" nor',
    "<phoneme ph='a'><value expr='1'/></phoneme>": "must not stand inside <phoneme>",
    "<say-as>a</say-as>": 'the attribute "interpret-as" is missing',
    "<say-as interpret-as='a b'>a</say-as>": "is not one name",
    "<say-as interpret-as='date'><break/></say-as>": "must not stand inside <say-as>",
    "<sub>a</sub>": 'the attribute "alias" is missing',
    "<sub alias='a'><emphasis>b</emphasis></sub>": "must not stand inside <sub>",
    "<p><p>a</p></p>": "must not stand inside <p>",
    "<s><s>a</s></s>": "must not stand inside <s>",
    "<s><p>a</p></s>": "must not stand inside <s>",
    "<emphasis><p>a</p></emphasis>": "must not stand inside <emphasis>",
    "<desc>a</desc>": "must not stand inside <prompt>",
    "<lexicon/>": 'the attribute "uri" is missing',
    "<lexicon uri='http://['/>": "is not a URI",
    "<lexicon uri=' '/>": "is empty",
    "<s><lexicon uri='a'/></s>": "must not stand inside <s>",
    "a<lexicon uri='a'/>": "stand before all else in a prompt",
    "<break/><meta name='a' content='b'/>": "stand before all else in a prompt",
    "<audio src='a'/><metadata/>": "stand before all else in a prompt",
    "<mark/>": 'exactly one of the attributes "name", "nameexpr"',
    "<mark name='a' nameexpr='b'/>": 'exactly one of the attributes "name", "nameexpr"',
    "<mark name=' '/>": "is empty",
    "<audio src='a' expr='b'/>": 'exactly one of the attributes "src", "expr"',
    "<value/>": 'the attribute "expr" is missing',
}


@pytest.mark.parametrize("content", LEGAL)
def test_what_ssml_allows_is_accepted(content: str) -> None:
    load(content)


@pytest.mark.parametrize("content", ILLEGAL)
def test_what_it_does_not_allow_is_a_fault_of_the_document(content: str) -> None:
    with pytest.raises(DocumentFault) as caught:
        load(content)
    assert ILLEGAL[content] in caught.value.located()


@pytest.mark.parametrize("attribute", ["xml:lang='en us'", "xml:lang='deutschland'", "xml:lang='1'"])
def test_the_language_of_document_and_prompt(attribute: str) -> None:
    for document in (
        f"{START} {attribute}/>",
        f"{START}><form><block><prompt {attribute}>a</prompt></block></form></vxml>",
    ):
        with pytest.raises(DocumentFault, match="is not a language"):
            DOCUMENTS.load(document.encode(), "application/voicexml+xml")


PARSERS = [
    values.pitch,
    values.rate,
    values.volume,
    values.contour,
    values.duration,
    values.alphabet,
    values.age,
    values.variant,
    values.names,
    values.mark,
    values.uri,
]


@given(st.sampled_from(PARSERS), st.text("0123456789.+-%Hzst(),x-lowipa \n") | st.text())
def test_a_value_is_kept_or_refused(parse: values.Parse, text: str) -> None:
    try:
        kept = parse(text)
    except Misdesignated:
        return
    assert parse(kept) == kept


def test_a_contour_of_no_end_is_refused() -> None:
    with pytest.raises(Misdesignated):
        values.contour("(1%,low) " * 2_000)
