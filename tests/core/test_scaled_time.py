from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core import scaled_time
from mirabelle.core.clock import ScaledClock
from mirabelle.core.scaled_time import NAME, Mark

REAL = 1_780_000_000.0


def test_a_new_folder_begins_at_the_time_of_the_world(tmp_path: Path) -> None:
    assert scaled_time.resumed(tmp_path, 60, REAL).now() == pytest.approx(REAL, abs=5)


def test_time_goes_on_where_it_was_also_while_nobody_looked(tmp_path: Path) -> None:
    scaled_time.write(tmp_path, ScaledClock(60, REAL + 1000), REAL)
    assert scaled_time.resumed(tmp_path, 60, REAL + 10).now() == pytest.approx(REAL + 1600, abs=30)


def test_a_change_of_speed_does_not_throw_time_back(tmp_path: Path) -> None:
    scaled_time.write(tmp_path, ScaledClock(60, REAL + 1000), REAL)
    assert scaled_time.resumed(tmp_path, 2, REAL + 10).now() == pytest.approx(REAL + 1600, abs=5)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"real": "x"}', '{"real": 1, "scaled": NaN, "scale": 2}'])
def test_a_mark_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    assert scaled_time.read(tmp_path) is None


@given(st.floats(1, 1000), st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_mark_never_shows_less_than_the_world(scale: float, ahead: float, later: float) -> None:
    mark = Mark(REAL, REAL + ahead, scale)
    assert mark.shows(REAL + later) >= REAL + later
    assert mark.shows(REAL + later) >= mark.shows(REAL)
