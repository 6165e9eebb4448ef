import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.redaction import MASK, is_secret, redacted_event, redacted_text, redacted_values
from mirabelle.core.types import Event, EventKind


@pytest.mark.parametrize(
    "text",
    [
        "POST /queuecall.php?login=a&pin=S3CRET&x=1",
        "PIN: S3CRET",
        "<pin>S3CRET</pin>",
        '{"password": "S3CRET"}',
        "Authorization: Bearer S3CRETS3CRET",
        "whsec_S3CRETS3CRET=",
        "$argon2id$v=19$m=65536,t=3,p=4$S3CRET$S3CRET",
        "https://user:S3CRET@host/path",
        "https://S3CRET@host/path",
        "api_key=S3CRET",
    ],
)
def test_secrets_in_texts_are_masked(text: str) -> None:
    assert "S3CRET" not in redacted_text(text)
    assert MASK in redacted_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "the callee pressed 1",
        "http://app.example/start?spinning=1&key=5",
        "https://app.example/a@b",
        "a basic idea",
        "pinned: yes",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert redacted_text(text) == text


def test_what_is_around_a_secret_stays() -> None:
    assert redacted_text("?login=a&pin=0000&x=1") == f"?login=a&pin={MASK}&x=1"
    assert redacted_text("https://u:p@host/") == f"https://{MASK}@host/"


@pytest.mark.parametrize(
    "name", ["pin", "PIN", "webhook_secret", "Authorization", "api-key", "user_password", "pin_hash"]
)
def test_names_of_secrets(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["key", "pinned", "spin", "call_id", "keys", "token", "phone_number"])
def test_names_that_are_not_of_secrets(name: str) -> None:
    assert not is_secret(name)


def test_values_are_masked_at_any_depth() -> None:
    values = {
        "fields": {"login": "a", "pin": "S3CRET"},
        "urls": ["x?pin=S3CRET"],
        "key": "5",
        "pin": None,
    }
    assert redacted_values(values) == {
        "fields": {"login": "a", "pin": MASK},
        "urls": [f"x?pin={MASK}"],
        "key": "5",
        "pin": None,
    }


def test_an_event_keeps_everything_else() -> None:
    event = Event(EventKind.LOG, 1.0, 2, 3, {"text": "pin=S3CRET"})
    assert redacted_event(event) == Event(EventKind.LOG, 1.0, 2, 3, {"text": f"pin={MASK}"})
    assert redacted_event(Event(EventKind.QUEUED, 1.0)) == Event(EventKind.QUEUED, 1.0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["pin", "text", "data", "fields"]), JSON))
def test_redacting_twice_changes_nothing_more_and_stays_json(values: dict[str, object]) -> None:
    once = redacted_values(values)
    assert once.keys() == values.keys()
    assert json.loads(json.dumps(once)) == once
    assert redacted_values(once) == once
