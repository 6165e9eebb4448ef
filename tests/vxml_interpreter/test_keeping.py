"""What is kept within bounds."""

from hypothesis import given
from hypothesis import strategies as st

from mirabelle.vxml_interpreter.keeping import Kept


def test_the_least_recently_used_leaves_first() -> None:
    kept: Kept[str, int] = Kept(entries=2, size=100)
    kept.keep("a", 1, 1)
    kept.keep("b", 2, 1)
    assert kept.find("a") == 1
    kept.keep("c", 3, 1)
    assert (kept.find("a"), kept.find("b"), kept.find("c")) == (1, None, 3)


def test_as_many_leave_as_a_large_one_needs() -> None:
    kept: Kept[str, int] = Kept(entries=10, size=100)
    for key in "abcd":
        kept.keep(key, 0, 25)
    kept.keep("e", 0, 60)
    assert [kept.find(key) is not None for key in "abcde"] == [False, False, False, True, True]


def test_what_is_larger_than_all_that_may_be_kept_is_not_kept() -> None:
    kept: Kept[str, int] = Kept(entries=10, size=100)
    kept.keep("a", 1, 101)
    assert kept.find("a") is None
    kept.keep("b", 2, 100)
    assert kept.find("b") == 2


def test_a_key_is_kept_once() -> None:
    kept: Kept[str, int] = Kept(entries=10, size=100)
    kept.keep("a", 1, 60)
    kept.keep("a", 2, 60)
    assert (kept.find("a"), len(kept)) == (2, 1)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 60))))
def test_never_more_than_its_bounds(keeps: list[tuple[str, int]]) -> None:
    kept: Kept[str, int] = Kept(entries=3, size=100)
    for key, size in keeps:
        kept.keep(key, size, size)
        assert kept.find(key) == size
        sizes = [found for each in "abcdef" if (found := kept.find(each)) is not None]
        assert len(sizes) == len(kept) <= 3
        assert sum(sizes) <= 100
