from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.fetching.freshness import Received, Stored, stored
from mirabelle.core.fetching.store import MOST_VARIANTS, Store
from mirabelle.core.interfaces.fetching import Answer, Caching


def kept(size: int = 10, language: str = "", vary: str = "") -> Stored:
    answer = Answer(200, "http://app/", {"cache-control": "max-age=60", "vary": vary}, b"x" * size)
    found = stored(answer, {"accept-language": language}, Received(0, 0), Caching("me"))
    assert found is not None
    return found


def test_accounts_do_not_see_each_other() -> None:
    store, mine = Store(10, 100_000), kept()
    store.keep("me", "http://app/", mine)
    assert store.find("me", "http://app/") == (mine,)
    assert store.find("you", "http://app/") == ()
    store.forget("you", "http://app/")
    store.forget("me", "http://app/other")
    assert store.entries == 1
    store.forget("me", "http://app/")
    assert (store.entries, store.size) == (0, 0)


def test_a_new_answer_to_the_same_request_takes_the_place_of_the_old() -> None:
    store = Store(10, 100_000)
    store.keep("me", "a", kept(10))
    store.keep("me", "a", new := kept(20))
    assert store.find("me", "a") == (new,)


def test_answers_for_different_headers_stand_beside_each_other_the_newest_first() -> None:
    store = Store(10, 100_000)
    variants = [kept(language=str(number), vary="accept-language") for number in range(MOST_VARIANTS + 2)]
    for variant in variants:
        store.keep("me", "a", variant)
    assert list(store.find("me", "a")) == variants[:1:-1]
    assert store.entries == 1


def test_what_was_not_used_for_longest_goes_first() -> None:
    store = Store(2, 100_000)
    store.keep("me", "a", kept())
    store.keep("me", "b", kept())
    store.find("me", "a")
    store.keep("me", "c", kept())
    assert [bool(store.find("me", url)) for url in "abc"] == [True, False, True]


def test_who_keeps_most_gives_up_first() -> None:
    store = Store(100, 12_000)
    store.keep("small", "a", kept())
    for number in range(50):
        store.keep("large", str(number), kept(1_000))
    assert store.find("small", "a")
    assert store.find("large", "49")
    assert not store.find("large", "0")


def test_what_is_larger_than_all_the_room_is_not_kept() -> None:
    store = Store(100, 5_000)
    store.keep("me", "a", kept())
    store.keep("me", "b", kept())
    store.keep("me", "b", kept(10_000))
    assert store.find("me", "a")
    assert store.find("me", "b") == ()


@given(
    st.lists(
        st.tuples(st.sampled_from("xyz"), st.sampled_from("abcdef"), st.integers(0, 3_000), st.booleans()), max_size=60
    )
)
def test_the_bounds_hold_whatever_comes(steps: list[tuple[str, str, int, bool]]) -> None:
    store = Store(5, 8_000)
    for account, url, size, forget in steps:
        if forget:
            store.forget(account, url)
        else:
            store.keep(account, url, kept(size))
            assert store.entries == 0 or store.size > 0
        assert store.entries <= 5
        assert 0 <= store.size <= 8_000
    for account in "xyz":
        for url in "abcdef":
            store.forget(account, url)
    assert (store.entries, store.size) == (0, 0)
