"""Who may read XML data: VoiceXML 2.1, 5."""

import pytest

from mirabelle.vxml_interpreter.dom.access import may_read

HERE = "http://voice.example.com/a.vxml"
DATA = "https://data.example.net/b.xml"


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        ('allow="*"', True),
        ('allow="voice.example.com"', True),
        ("allow='Voice.EXAMPLE.com'", True),
        ('allow = "other.org voice.example.com"', True),
        ('allow="*.example.com"', True),
        ('allow="example.com"', False),
        ('allow="*.voice.example.com"', True),
        ('allow="*ice.example.com"', False),
        ('allow="other.org"', False),
        ('allow=""', False),
        ('deny="*"', False),
        ('deny="voice.example.com"', False),
        ('deny="*.example.com"', False),
        ('deny="other.org"', True),
        ('allow="*" deny="voice.example.com"', False),
        ('deny="*" allow="voice.example.com"', True),
        ('allow="*.example.com" deny="voice.example.com"', False),
        ('allow="voice.example.com" deny="*.example.com"', True),
        ('allow="voice.example.com" deny="voice.example.com"', False),
        ('allow="*.com" deny="*.example.com"', False),
        # What nobody can read allows nothing.
        ("", False),
        ("allow=voice.example.com", False),
        ('allow="*" and more', False),
        ('permit="*"', False),
    ],
)
def test_the_instruction_that_names_the_host_most_exactly_rules(policy: str, allowed: bool) -> None:
    assert may_read([policy], HERE, DATA, foreign=True) is allowed


def test_an_instruction_rules_for_documents_of_the_same_host_too() -> None:
    assert not may_read(['allow="other.org"'], HERE, HERE, foreign=True)


def test_lists_of_several_instructions_add_up() -> None:
    assert may_read(['allow="a.org"', 'allow="voice.example.com"'], HERE, DATA, foreign=False)
    assert not may_read(['allow="*"', 'deny="voice.example.com"'], HERE, DATA, foreign=False)


@pytest.mark.parametrize("policies", [[], ['deny="other.org"']])
def test_without_a_word_on_this_host_the_platform_decides(policies: list[str]) -> None:
    assert may_read(policies, HERE, DATA, foreign=True)
    assert not may_read(policies, HERE, DATA, foreign=False)
    assert may_read(policies, HERE, "https://VOICE.example.com:8080/b.xml", foreign=False)


def test_a_document_of_no_host_is_named_by_the_asterisk_only() -> None:
    assert may_read(['allow="*"'], "file:///a.vxml", DATA, foreign=False)
    assert not may_read(['allow="voice.example.com"'], "file:///a.vxml", DATA, foreign=True)


def test_long_instructions_are_judged_in_no_time() -> None:
    assert not may_read(
        ["allow" + " " * 20_000 + "!" + ' allow="*"' * 2_000 + " " * 20_000 + "x"], HERE, DATA, foreign=True
    )
