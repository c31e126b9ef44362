"""A webinar by the clock, on its page, in the API and in the editors' form."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cms.paths import path_of
from tests.contract.operations import run_operation
from tests.factories import WebinarFactory, in_hours
from thematic_months.models import Webinar, WebinarState, WebinarStatus

__all__ = ["run_operation"]

STARTS = datetime.datetime(2030, 7, 4, 15, 0, tzinfo=datetime.UTC)
ENDS = STARTS + datetime.timedelta(hours=1)
SECOND = datetime.timedelta(seconds=1)
RECORDED = {"recording_url": "https://example.org/nagranie", "recording_consent": True}
EMBED = "https://www.youtube-nocookie.com/embed/abcdefghijk"
OVER = {
    "starts": STARTS - datetime.timedelta(days=4000),
    "recording_url": "https://youtu.be/abcdefghijk",
    "recording_consent": True,
    "transcript": "Dzień dobry.\nWitam.\nKoniec.",
    "cue_times": [[0, 5000], [61_000, 65_000], [3_725_000, 3_726_000]],
}


def soup(client, page):
    return BeautifulSoup(client.get(path_of(page)).content, "html.parser")


@pytest.mark.parametrize(
    ("fields", "moment", "state", "changes_at"),
    [
        ({}, STARTS - SECOND, "PLANNED", STARTS),
        ({"status": WebinarStatus.REGISTRATION}, STARTS - SECOND, "REGISTRATION", STARTS),
        ({}, STARTS, "LIVE", ENDS),
        ({}, ENDS - SECOND, "LIVE", ENDS),
        ({}, ENDS, "ENDED", None),
        (RECORDED, ENDS, "RECORDING", None),
        ({**RECORDED, "recording_consent": False}, ENDS, "ENDED", None),
        ({"status": WebinarStatus.CANCELLED}, STARTS, "CANCELLED", None),
        ({"status": WebinarStatus.POSTPONED}, ENDS, "POSTPONED", None),
    ],
)
def test_state_by_the_clock(fields, moment, state, changes_at):
    webinar = Webinar(starts=STARTS, ends=ENDS, **fields)
    assert webinar.state_at(moment) == WebinarState(state)
    assert webinar.state_changes_at(moment) == changes_at


@pytest.mark.parametrize(
    ("status", "hours", "expected"),
    [
        (WebinarStatus.PLANNED, 1, "https://example.org/pokoj"),
        (WebinarStatus.PLANNED, -0.5, "https://example.org/pokoj"),
        (WebinarStatus.PLANNED, -5, None),
        (WebinarStatus.CANCELLED, 1, None),
        (WebinarStatus.POSTPONED, 1, None),
    ],
)
def test_address_for_joining_is_for_members_while_one_can_join(
    run_operation, member, client, status, hours, expected
):
    page = WebinarFactory(
        status=status, starts=in_hours(hours), join_url="https://example.org/pokoj"
    )
    found = run_operation("WebinarDetail", member=member, path=path_of(page))
    assert found["webinar"]["joinUrl"] == expected
    assert run_operation("WebinarDetail", path=path_of(page))["webinar"]["joinUrl"] is None
    client.force_login(member)
    assert (soup(client, page).find("a", href="https://example.org/pokoj") is None) == (
        expected is None
    )


@pytest.mark.parametrize(
    ("status", "warning"),
    [(WebinarStatus.CANCELLED, "Odwołano"), (WebinarStatus.POSTPONED, "Przełożono")],
)
def test_webinar_that_does_not_take_place_says_so_below_its_title(db, client, status, warning):
    page = WebinarFactory(status=status, registration_url="https://example.org/zapisy")
    found = soup(client, page)
    assert found.select_one(".page-head .warning").text == warning
    assert found.find("a", href="https://example.org/zapisy") is None


def test_page_says_when_it_is_and_when_its_state_changes(db, client):
    page = WebinarFactory(starts=STARTS, ends=ENDS)
    found = soup(client, page)
    moment = found.select_one(".facts time")
    assert moment.text == "4 lipca 2030 17:00–18:00"
    assert moment["datetime"] == "2030-07-04T17:00:00+02:00"
    assert moment["data-until"] == "2030-07-04T18:00:00+02:00"
    assert datetime.datetime.fromisoformat(found.find(id="stan")["data-changes-at"]) == STARTS
    assert found.find("a", href=f"/kalendarz/{page.pk}.ics")


def test_webinar_that_is_over_is_put_into_no_calendar(db, client):
    found = soup(client, WebinarFactory(starts=in_hours(-5)))
    assert found.select("a[href$='.ics']") == []
    assert "data-changes-at" not in found.find(id="stan").attrs


def test_page_loads_nothing_of_the_recording_and_links_to_it(db, client):
    page = WebinarFactory(**OVER)
    html = client.get(path_of(page)).content.decode()
    found = BeautifulSoup(html, "html.parser")
    assert "<iframe" not in html
    recording = found.select_one(".recording")
    assert recording["data-embed"] == EMBED
    assert recording.select_one(".recording-link a")["href"] == "https://youtu.be/abcdefghijk"
    loaded = [tag.get("src") or tag.get("href") for tag in found.select("img, script, link")]
    assert not any("youtu" in address for address in loaded if address)


def test_recording_of_another_site_is_linked_to(db, client):
    found = soup(client, WebinarFactory(**{**OVER, "recording_url": "https://example.org/film"}))
    assert found.select_one(".recording a")["href"] == "https://example.org/film"
    assert found.select("[data-embed], template") == []


def test_transcript_stands_in_sections_each_with_a_link_to_its_minute(db, client):
    sections = soup(client, WebinarFactory(**OVER)).select(".transcript-times li")
    assert [each["id"] for each in sections] == ["t=0", "t=61", "t=3725"]
    assert [each.a["href"] for each in sections] == ["#t=0", "#t=61", "#t=3725"]
    assert [each.time.text for each in sections] == ["0:00", "1:01", "1:02:05"]
    assert [each.p.text for each in sections] == ["Dzień dobry.", "Witam.", "Koniec."]


def test_transcript_without_consent_is_shown_to_nobody(db, client, run_operation):
    page = WebinarFactory(**{**OVER, "recording_consent": False})
    assert "Witam." not in client.get(path_of(page)).content.decode()
    found = run_operation("WebinarDetail", path=path_of(page))["webinar"]
    assert (found["cues"], found["transcript"], found["embedUrl"]) == ([], "", "")


def test_cues_of_a_webinar_for_members_are_theirs(run_operation, member):
    page = WebinarFactory(**OVER, audience="MEMBERS")
    found = run_operation("WebinarDetail", path=path_of(page))["webinar"]
    assert (found["cues"], found["embedUrl"]) == (None, None)
    found = run_operation("WebinarDetail", member=member, path=path_of(page), since=61)["webinar"]
    assert found["cues"] == [
        {"start": 61.0, "end": 65.0, "text": "Witam."},
        {"start": 3725.0, "end": 3726.0, "text": "Koniec."},
    ]
    assert found["embedUrl"] == EMBED
    assert found["stateChangesAt"] is None


def form_of(webinar, files, **data):
    form_class = Webinar.get_edit_handler().get_form_class()
    form = form_class(instance=webinar)
    values = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    for name in ("starts", "ends"):
        moment = timezone.localtime(getattr(webinar, name))
        values[name] = moment.strftime("%d.%m.%Y %H:%M")
    for formset in form.formsets.values():
        values |= {f"{formset.prefix}-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    values |= {"body-count": 0, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    return form_class({**values, **data}, files, instance=webinar)


def upload(text):
    return {"transcript_file": SimpleUploadedFile("napisy.vtt", text.encode())}


def test_upload_takes_the_place_of_the_transcript(db):
    webinar = WebinarFactory(transcript="Stara")
    form = form_of(webinar, upload("WEBVTT\n\n00:01.000 --> 00:02.500\nDzień dobry.\n"))
    form.is_valid()
    assert "transcript_file" not in form.errors
    assert "transcript" not in form.errors
    assert form.instance.transcript == "Dzień dobry."
    assert form.instance.cue_times == [[1000, 2500]]


def test_upload_that_cannot_be_read_says_why_in_polish(db):
    form = form_of(WebinarFactory(), upload("1\n00:00:01,000 --> 00:00:02,000\na\n"))
    form.is_valid()
    assert form.errors["transcript_file"] == [
        "To nie jest plik WebVTT: nie zaczyna się od WEBVTT. Wyeksportuj napisy jako .vtt."
    ]


def test_times_are_those_of_the_draft_until_it_is_published(db, client):
    webinar = WebinarFactory(**OVER)
    webinar.transcript, webinar.cue_times = "Poprawione.", [[0, 1000]]
    revision = webinar.save_revision()
    assert len(soup(client, webinar).select(".transcript-times li")) == 3
    assert revision.as_object().cues[0].text == "Poprawione."
