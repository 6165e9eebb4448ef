import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.fetching.urls import BadUrl, join_url, parse_url, shown

GOOD = {
    "http://app.example/start.php": "http://app.example/start.php",
    "HTTPS://App.Example:8443/a?b=c&d#frag": "https://app.example:8443/a?b=c&d",
    "http://bücher.example/ü": "http://xn--bcher-kva.example/%C3%BC",
    "http://app.example/with space?x=a b": "http://app.example/with%20space?x=a+b",
    "http://[2606:4700::1]/": "http://[2606:4700::1]/",
    "http://127.0.0.1:8080/": "http://127.0.0.1:8080/",
    "http://under_score.example./": "http://under_score.example./",
    " http://app.example/ ": "http://app.example/",
}
BAD = [
    "", "app.example", "/start.php", "//app.example/", "ftp://app.example/", "file:///etc/passwd",
    "javascript:alert(1)", "gopher://app.example/", "http:", "http://", "http:///x", "http://:80/",
    "http://user@app.example/", "http://u:p@app.example/", "http://app.example:99999/", "http://app.example:port/",
    "http://exa mple/", "http://a..b/", "http://[::1", "http://[fe80::1%25eth0]/", "http://-a.example/",
    "http://app.example\r\nHost: x/", "http://app.example/\x00", "http://app.example/a\nb",
    "http://app.example/\ud800", "http://127.1/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f000001/",
    "http://0x7f.0.0.1/", "http://1.2.3/", "http://1.2.3.4.5/", "http://256.1.1.1/", "http://app.0x7f/",
    "http://localhost\\@evil/", "http://xn--/", "http://app.example/" + "a" * 9000,
]  # fmt: skip


@pytest.mark.parametrize(("text", "url"), GOOD.items())
def test_urls_are_taken_as_browsers_take_them(text: str, url: str) -> None:
    assert str(parse_url(text)) == url


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_url_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(BadUrl) as caught:
        parse_url(text)
    assert len(str(caught.value)) > 10


@given(st.text())
def test_any_text_is_a_url_or_refused(text: str) -> None:
    for candidate in (text, f"http://{text}", f"http://app.example/{text}"):
        try:
            url = parse_url(candidate)
        except BadUrl:
            continue
        assert url.scheme in {"http", "https"}
        assert url.raw_host
        assert str(url).isprintable()
        assert str(url).isascii()


@pytest.mark.parametrize(
    ("location", "target"),
    [("next", "https://a.example/x/next"), ("/next", "https://a.example/next"), ("//b.example/", "https://b.example/")],
)
def test_redirects_may_be_relative(location: str, target: str) -> None:
    assert str(join_url(parse_url("https://a.example/x/y?q=1"), location)) == target


@pytest.mark.parametrize(
    "location", ["ftp://b.example/", "file:///etc/passwd", "http://u:p@b.example/", "http://b\r\nx/", "http://["]
)
def test_redirects_lead_to_urls_only(location: str) -> None:
    with pytest.raises(BadUrl):
        join_url(parse_url("http://a.example/"), location)


def test_a_url_is_shown_without_its_query() -> None:
    assert shown(parse_url("http://a.example/x?token=secret#s")) == "http://a.example/x?..."
