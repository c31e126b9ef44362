"""A webinar's page in a browser: nothing foreign before a click, the minute of a link, one's own
time.
"""

import datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from cms.paths import path_of
from tests.browser.conftest import PATIENCE
from tests.browser.watching import Watch
from tests.factories import WebinarFactory, in_hours

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PLAYER = "https://www.youtube-nocookie.com/embed/abcdefghijk"


def recorded(**fields):
    return WebinarFactory(
        **{
            "title": "Webinar bez tremy",
            "starts": in_hours(-24 * 30),
            "recording_url": "https://www.youtube.com/watch?v=abcdefghijk",
            "recording_consent": True,
            "transcript": "\n".join(f"Zdanie {number}." for number in range(12)),
            "cue_times": [[number * 30_000, number * 30_000 + 20_000] for number in range(12)],
            **fields,
        }
    )


@pytest.fixture
def players(page: Page) -> list[str]:
    """Addresses of players that were opened; none of them is really asked for."""
    opened: list[str] = []

    def answer(route):
        opened.append(route.request.url)
        route.fulfill(body="<p>Film</p>", content_type="text/html")

    page.route("https://www.youtube-nocookie.com/**", answer)
    return opened


def test_recording_asks_another_host_after_a_click_alone(page: Page, watch: Watch, players):
    page.goto(path_of(recorded()))
    button = page.get_by_role("button", name="Obejrzyj nagranie")
    expect(button).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert (watch.other_hosts, players, watch.complaints) == (set(), [], [])
    button.press("Enter")
    expect(page.locator(".recording iframe")).to_have_attribute("title", "Webinar bez tremy")
    expect(page.locator(".recording iframe")).to_have_attribute(
        "referrerpolicy", "strict-origin-when-cross-origin"
    )
    assert players == [f"{PLAYER}?autoplay=1"]


def test_link_to_a_minute_opens_there_and_the_recording_begins_there(page: Page, players):
    page.goto(f"{path_of(recorded())}#t=200")
    section = page.locator(".transcript-times li[aria-current]")
    expect(section).to_contain_text("Zdanie 6.")
    expect(section).to_be_in_viewport()
    page.get_by_role("button", name="Obejrzyj nagranie od 3:20").click()
    expect(page.locator(".recording iframe")).to_be_visible()
    assert players == [f"{PLAYER}?autoplay=1&start=200"]


def test_minute_of_the_transcript_takes_the_open_player_there(page: Page, players):
    page.goto(path_of(recorded()))
    page.get_by_role("button", name="Obejrzyj nagranie").click()
    page.get_by_role("link", name="Nagranie od 2:00").click()
    expect(page.locator(".recording iframe")).to_have_attribute(
        "src", f"{PLAYER}?autoplay=1&start=120"
    )
    assert page.url.endswith("#t=120")


def test_without_scripts_the_recording_is_a_link_and_minutes_are_places(
    browser: Browser, live_server
):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{path_of(recorded())}#t=180")
    expect(page.get_by_role("link", name="Obejrzyj nagranie")).to_have_attribute(
        "href", "https://www.youtube.com/watch?v=abcdefghijk"
    )
    expect(page.locator(".transcript-times li:target")).to_contain_text("Zdanie 6.")
    expect(page.locator(".transcript-times li:target")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Warsaw", None),
        ("Europe/Berlin", None),
        ("America/New_York", "(Twój czas: 4 lipca, 11:00–12:00)"),
        ("Asia/Tokyo", "(Twój czas: 5 lipca, 00:00–01:00)"),
    ],
)
def test_own_time_stands_beside_polish_time_where_they_differ(
    browser: Browser, live_server, zone, expected
):
    starts = datetime.datetime(2030, 7, 4, 15, 0, tzinfo=datetime.UTC)
    webinar = WebinarFactory(starts=starts)
    context = browser.new_context(base_url=live_server.url, locale="pl-PL", timezone_id=zone)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(path_of(webinar))
    expect(page.locator(".facts time[data-told]")).to_have_text("4 lipca 2030 17:00–18:00")
    own = page.locator(".local-time")
    if expected:
        expect(own).to_have_text(expected)
    else:
        expect(own).to_have_count(0)
    context.close()


def test_state_changes_on_the_open_page_when_its_moment_comes(page: Page):
    webinar = WebinarFactory(starts=in_hours(2))
    page.clock.install()
    page.goto(path_of(webinar))
    expect(page.locator("#stan")).to_contain_text("w planach")
    type(webinar).objects.filter(pk=webinar.pk).update(starts=in_hours(-0.1))
    page.clock.fast_forward("02:00:15")
    expect(page.locator("#stan")).to_contain_text("na żywo")
    expect(page.locator("#stan time")).to_have_count(1)


def test_page_is_as_wide_and_long_as_what_it_shows(page: Page):
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path_of(recorded()))
        size = page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight -"
            " document.querySelector('.site-footer').getBoundingClientRect().bottom - scrollY]"
        )
        assert size[0] <= width
        assert size[1] < 2
