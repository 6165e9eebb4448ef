from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from mirabelle.core.delivering.lanes import FOR_STRANGERS, FOR_THE_UNTRUSTED, PATIENCE, InHand, Lanes
from mirabelle.core.types import Delivery


def item(number: int, host: str = "app.example", lease_until: float = 90.0) -> InHand:
    return InHand(host, Delivery(f"msg_{number}", number, "acme", f"http://{host}/", "x", b"", 0.0, 0.0), lease_until)


def filled(count: int, **limits: int) -> tuple[Lanes, list[InHand]]:
    lanes = Lanes(limits.get("at_once", 1000), limits.get("per_host", 1000))
    items = [item(number) for number in range(count)]
    return lanes, [each for each in items if lanes.put(each)]


def test_a_host_gets_no_more_than_its_share_at_once() -> None:
    lanes, items = filled(5, per_host=2)
    assert list(lanes.ready()) == items[:2]
    lanes.done(items[0], True)
    assert list(lanes.ready()) == [items[2]]
    assert len(lanes) == 4


def test_all_together_get_no_more_than_there_is() -> None:
    lanes = Lanes(3, 2)
    items = [item(number, f"{number}.example") for number in range(5)]
    assert all(lanes.put(each) for each in items)
    assert list(lanes.ready()) == items[:3]


def test_hosts_take_turns() -> None:
    lanes = Lanes(10, 10)
    first, second = [item(1, "a"), item(2, "a"), item(3, "a")], [item(4, "b")]
    for each in first + second:
        lanes.put(each)
    assert [each.delivery.call_id for each in lanes.ready()] == [1, 4, 2, 3]


def test_what_is_in_hand_is_not_taken_twice_but_keeps_the_new_lease() -> None:
    lanes, items = filled(1)
    assert not lanes.put(item(0, lease_until=180.0))
    assert list(lanes.ready()) == items
    assert items[0].lease_until == 180.0
    assert not lanes.put(item(0, lease_until=270.0))
    lanes.done(items[0], True)
    assert lanes.put(item(0))


def test_for_a_stranger_few_wait_and_for_a_host_that_answers_any_number() -> None:
    lanes, items = filled(FOR_STRANGERS + 50)
    assert len(items) == FOR_STRANGERS
    assert lanes.hesitant
    list(lanes.ready())
    lanes.done(items[0], True)
    assert all(lanes.put(item(1000 + number)) for number in range(FOR_STRANGERS + 50))
    assert not lanes.hesitant


def test_for_a_host_that_fails_nothing_waits() -> None:
    lanes, items = filled(50, per_host=PATIENCE)
    for each in list(lanes.ready()):
        lanes.done(each, False)
    assert len(lanes) == 0
    accepted = [lanes.put(item(1000 + number)) for number in range(50)]
    assert sum(accepted) == FOR_THE_UNTRUSTED
    assert len(list(lanes.ready())) == FOR_THE_UNTRUSTED
    assert not lanes.put(items[-1])


def test_one_answer_restores_trust() -> None:
    lanes, _ = filled(50, per_host=PATIENCE)
    for each in list(lanes.ready()):
        lanes.done(each, False)
    again = item(1000)
    lanes.put(again)
    list(lanes.ready())
    lanes.done(again, True)
    assert all(lanes.put(item(2000 + number)) for number in range(FOR_STRANGERS + 50))


def test_what_was_not_tried_says_nothing_about_its_host() -> None:
    lanes, items = filled(PATIENCE + 1)
    for each in list(lanes.ready())[:PATIENCE]:
        lanes.done(each, None)
    assert lanes.put(item(1000))
    assert len(lanes) == 2
    assert items


class LanesInAnyOrder(RuleBasedStateMachine):
    under_way = Bundle("under_way")

    def __init__(self) -> None:
        super().__init__()
        self.lanes = Lanes(at_once=5, per_host=3)
        self.trying: Counter[str] = Counter()
        self.numbers: set[str] = set()

    @rule(number=st.integers(0, 30), host=st.sampled_from("abc"))
    def put(self, number: int, host: str) -> None:
        name = f"{host}{number}"
        taken = self.lanes.put(InHand(host, Delivery(name, 1, "acme", host, "x", b"", 0.0, 0.0), 1.0))
        assert not (taken and name in self.numbers)

    @rule(target=under_way)
    def begin(self) -> list[InHand]:
        begun = list(self.lanes.ready())
        for each in begun:
            self.trying[each.host] += 1
            assert each.delivery.id not in self.numbers
            self.numbers.add(each.delivery.id)
        return begun

    @rule(begun=consumes(under_way), answered=st.sampled_from([True, False, None]))
    def end(self, begun: list[InHand], answered: bool | None) -> None:
        for each in begun:
            self.lanes.done(each, answered)
            self.trying[each.host] -= 1
            self.numbers.remove(each.delivery.id)

    @invariant()
    def limits_hold(self) -> None:
        assert self.trying.total() <= 5
        assert max(self.trying.values(), default=0) <= 3
        assert len(self.lanes) >= self.trying.total()


TestLanesInAnyOrder = LanesInAnyOrder.TestCase
