"""Every planted fault is found, where it is, and nothing else that would be an error."""

from pathlib import Path

import pytest

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.checking.check import Checked, check
from mirabelle.vxml_interpreter.checking.problem import Severity
from mirabelle.vxml_interpreter.checking.remedies import REMEDIES
from mirabelle.vxml_interpreter.checking.rules import RULES
from mirabelle.vxml_interpreter.declarations import Declaration, Kind
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.leniencies import LENIENCIES
from mirabelle.vxml_interpreter.nodes import NAMESPACE
from mirabelle.vxml_interpreter.settings import Settings
from mirabelle.vxml_interpreter.vocabulary import scan

PLANTED = Path(__file__).parent / "planted"
ROWS = [line.split("\t") for line in (PLANTED / "expected.tsv").read_text("utf-8").splitlines()[1:]]
ENGINE = Js2pyEngine()
DOCUMENTS = Documents()
STRICT = Documents(DOCUMENTS.vocabulary, Settings(strict=True))


def checked(kind: str, documents: Documents = DOCUMENTS) -> Checked:
    body = (PLANTED / f"{kind}.vxml").read_bytes()
    return check(body, "application/voicexml+xml", documents, ENGINE.check)


@pytest.mark.parametrize(("kind", "line", "rule"), ROWS)
def test_a_planted_fault_is_found_where_it_is(kind: str, line: str, rule: str) -> None:
    found = checked(kind).problems
    (problem,) = [problem for problem in found if problem.rule == rule]
    assert problem.line == int(line)
    assert problem.message
    assert problem.remedy.endswith(".")
    assert problem.standard or rule in ("not-readable", "too-large", "internal-subset")
    assert [other.rule for other in found if other.severity is Severity.ERROR and other.rule != rule] == []


def test_there_are_many_kinds() -> None:
    assert len(ROWS) >= 60
    assert {row[0] for row in ROWS} == {path.stem for path in PLANTED.glob("*.vxml")}


def test_every_rule_is_planted() -> None:
    planted = {row[2] for row in ROWS}
    # What is not offered no document can plant: see below.
    assert planted | {"not-offered"} == {rule.name for rule in RULES} | set(LENIENCIES) | set(REMEDIES)


@pytest.mark.parametrize("kind", [Kind.EXECUTABLE, Kind.INPUT_ITEM])
def test_an_element_that_does_nothing_is_not_offered(kind: Kind) -> None:
    element = Declaration(name="thing", namespace="urn:x", section="-", kinds=frozenset({kind}))
    inside = "<x:thing/>" if kind is Kind.INPUT_ITEM else "<block><x:thing/></block>"
    body = f'<vxml version="2.0" xmlns="{NAMESPACE}" xmlns:x="urn:x"><form>\n{inside}</form></vxml>'.encode()
    found = check(body, "", Documents(scan(more=[element])), ENGINE.check).problems
    assert [(problem.rule, problem.line, problem.element) for problem in found] == [("not-offered", 2, "thing")]


@pytest.mark.parametrize("name", LENIENCIES)
def test_what_is_forgiven_is_a_warning_and_with_strict_an_error(name: str) -> None:
    kind = next(row[0] for row in ROWS if row[2] == name)
    assert [problem.severity for problem in checked(kind).problems if problem.rule == name] == [Severity.WARNING]
    assert not checked(kind).errors
    assert [problem.severity for problem in checked(kind, STRICT).problems if problem.rule == name] == [Severity.ERROR]


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert set(names).isdisjoint(LENIENCIES)
