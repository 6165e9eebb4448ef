from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.authentication.locks import LockOptions, Locks


def fail(locks: Locks, login: str, now: float) -> None:
    assert locks.begin(login, now)
    locks.end(login, now, bad=True)


def test_ten_bad_pins_in_a_minute_lock_for_a_minute() -> None:
    locks = Locks(LockOptions())
    for second in range(9):
        fail(locks, "ann", second)
    assert not locks.is_locked("ann", 9)
    fail(locks, "ann", 59)
    assert locks.is_locked("ann", 59)
    assert locks.is_locked("ann", 118.9)
    assert not locks.is_locked("ann", 119)
    assert locks.begin("ann", 119)


def test_bad_pins_of_more_than_a_minute_ago_do_not_count() -> None:
    locks = Locks(LockOptions())
    for second in range(9):
        fail(locks, "ann", second)
    fail(locks, "ann", 60.5)
    assert not locks.is_locked("ann", 60.5)


def test_good_pins_neither_count_nor_forgive() -> None:
    locks = Locks(LockOptions(guesses=3))
    for second in range(2):
        fail(locks, "ann", second)
        assert locks.begin("ann", second)
        locks.end("ann", second, bad=False)
    fail(locks, "ann", 3)
    assert locks.is_locked("ann", 3)


def test_guesses_under_way_are_no_more_than_guesses_one_by_one() -> None:
    locks = Locks(LockOptions(guesses=3))
    assert [locks.begin("ann", 0) for _ in range(5)] == [True, True, True, False, False]
    locks.end("ann", 1, bad=False)
    assert locks.begin("ann", 1)


def test_logins_are_locked_one_by_one() -> None:
    locks = Locks(LockOptions(guesses=1))
    fail(locks, "ann", 0)
    assert locks.is_locked("ann", 1)
    assert not locks.is_locked("bob", 1)


@given(st.lists(st.text(max_size=3)))
def test_memory_is_bounded(logins: list[str]) -> None:
    locks = Locks(LockOptions(logins=5))
    for login in logins:
        locks.count(login, 0)
    assert len(locks._records) <= 5
