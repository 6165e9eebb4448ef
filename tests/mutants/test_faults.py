"""The planted faults fit the code: `make mutants` tries them."""

import pytest

from tests.mutants.planting import Fault, read_faults

FAULTS = read_faults()


def test_there_are_faults_in_every_area() -> None:
    assert len(FAULTS) >= 40
    areas = {"FIA", "catch selection", "prompt queue", "scopes", "transitions", "grammars", "menus", "results"}
    assert {fault.area for fault in FAULTS} >= areas


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_can_be_planted(fault: Fault) -> None:
    spoilt = fault.spoil(fault.path.read_text("utf-8"))
    compile(spoilt, str(fault.path), "exec")
