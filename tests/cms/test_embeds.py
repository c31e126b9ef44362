import pytest

from cms.embeds import EMBED_ORIGINS, embed_of

NOCOOKIE = "https://www.youtube-nocookie.com/embed/abc_EFG-123"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.youtube.com/watch?v=abc_EFG-123&t=5", NOCOOKIE),
        ("https://youtu.be/abc_EFG-123?si=x", NOCOOKIE),
        ("https://m.youtube.com/live/abc_EFG-123", NOCOOKIE),
        ("http://youtube.com/embed/abc_EFG-123", NOCOOKIE),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://vimeo.com/123456/abcdef12", "https://player.vimeo.com/video/123456?dnt=1&h=abcdef12"),
        ("https://player.vimeo.com/video/1?h=abcdef12", "https://player.vimeo.com/video/1?dnt=1&h=abcdef12"),
    ],
)  # fmt: skip
def test_address_of_the_player(address, expected):
    embed = embed_of(address)
    assert embed is not None
    assert embed.url == expected
    assert embed.url.startswith(tuple(f"{origin}/" for origin in EMBED_ORIGINS))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://example.org/nagranie",
        "https://youtube.com.example.org/watch?v=abc_EFG-123",
        "https://www.youtube.com/watch?v=abc",
        "https://www.youtube.com/watch?v=abc_EFG-123%22onload=",
        "https://www.youtube.com/playlist?list=PL1",
        "https://vimeo.com/channels/staffpicks",
        "https://vimeo.com/123/../../x",
        "javascript:alert(1)//youtu.be/abc_EFG-123",
        "https://[youtu.be/abc_EFG-123",
    ],
)
def test_any_other_address_is_only_linked_to(address):
    assert embed_of(address) is None
