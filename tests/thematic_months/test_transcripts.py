"""Reading WebVTT, and what readers and the archive have of it."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.factories import WebinarFactory, in_hours
from thematic_months.transcripts import LARGEST_FILE, Cue, Section, clock, in_sections, read_webvtt

HEAD = "WEBVTT\n\n"


def vtt(*cues: str, head: str = HEAD) -> bytes:
    return (head + "\n\n".join(cues) + "\n").encode()


def cue(start: str, end: str, text: str) -> str:
    return f"{start} --> {end}\n{text}"


def refusal(data: bytes) -> str:
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        read_webvtt(data)
    return caught.value.messages[0]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (vtt(cue("00:01.000", "00:02.500", "Dzień dobry.")), [Cue(1000, 2500, "Dzień dobry.")]),
        (vtt(cue("01:00:00.000", "01:00:01.000", "a")), [Cue(3_600_000, 3_601_000, "a")]),
        # Signs before and settings after the times, lines of one cue, tags, entities.
        (
            vtt("7\n00:01.000 --> 00:02.000 align:start\nRaz &amp; <b>dwa</b>\ntrzy"),
            [Cue(1000, 2000, "Raz & dwa trzy")],
        ),
        # Notes and styles say nothing.
        (
            vtt("STYLE\n::cue {color: red}", "NOTE Uwaga", cue("00:01.000", "00:02.000", "a")),
            [Cue(1000, 2000, "a")],
        ),
        # A byte order mark, line ends of Windows, a title.
        (
            b"\xef\xbb\xbfWEBVTT - Webinar\r\n\r\n00:01.000 --> 00:02.000\r\na\r\n",
            [Cue(1000, 2000, "a")],
        ),
        # By time, whatever the order in the file; empty ones go.
        (
            vtt(
                cue("00:05.000", "00:06.000", "b"),
                cue("00:01.000", "00:02.000", "a"),
                cue("00:03.000", "00:04.000", "<i></i>"),
            ),
            [Cue(1000, 2000, "a"), Cue(5000, 6000, "b")],
        ),
        # Who speaks, where another begins.
        (
            vtt(
                cue("00:01.000", "00:02.000", "<v Anna Nowak>Dzień dobry."),
                cue("00:03.000", "00:04.000", "<v Anna Nowak>Witam."),
                cue("00:05.000", "00:06.000", "<v Jan>Cześć."),
            ),
            [
                Cue(1000, 2000, "Anna Nowak: Dzień dobry."),
                Cue(3000, 4000, "Witam."),
                Cue(5000, 6000, "Jan: Cześć."),
            ],
        ),
        # What is escaped stays text.
        (
            vtt(cue("00:01.000", "00:02.000", "&lt;script&gt;")),
            [Cue(1000, 2000, "<script>")],
        ),
    ],
)
def test_cues_of_a_file(data, expected):
    assert read_webvtt(data) == expected


def test_what_is_no_webvtt_is_refused_with_what_to_do():
    assert refusal(b"1\n00:00:01,000 --> 00:00:02,000\na\n") == (
        "This is no WebVTT file: it does not begin with WEBVTT. Export the captions as .vtt."
    )
    assert refusal(b"") == refusal(b"%PDF-1.7")
    assert refusal("WEBVTT\n\nzażółć".encode("cp1250")).startswith("The file is not in UTF-8.")


@pytest.mark.parametrize(
    "bad",
    [
        cue("00:01,000", "00:02,000", "a"),
        cue("00:01.000", "00:99.000", "a"),
        cue("pierwsza", "druga", "a"),
    ],
)
def test_cue_without_proper_times_is_shown(bad):
    message = refusal(vtt(bad))
    assert message.startswith("The file has a cue without proper times: ")
    assert message.endswith("They look like this: 00:01:05.000 --> 00:01:09.500.")


def test_cue_that_ends_before_it_begins_is_named():
    expected = "The cue at 00:00:05.000 ends before it begins, or after 12 hours."
    assert refusal(vtt(cue("00:05.000", "00:02.000", "a"))) == expected
    assert "after 12 hours" in refusal(vtt(cue("00:05.000", "13:00:00.000", "a")))


def test_size_number_and_length_are_bounded():
    assert refusal(b"WEBVTT\n\n" + b" " * LARGEST_FILE).startswith("The file is larger than 2 MB.")
    many = [cue(f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000", "11:00:00.000", "a")
            for n in range(6001)]  # fmt: skip
    assert refusal(vtt(*many)) == "The file has 6001 cues; at most 6000 can be shown."
    assert "400,000" in refusal(vtt(cue("00:01.000", "00:02.000", "a" * 400_001)))
    assert refusal(vtt()) == "The file has no text in it."


def test_refusals_are_in_polish():
    with translation.override("pl"), pytest.raises(ValidationError) as caught:
        read_webvtt(b"a")
    assert caught.value.messages[0].startswith("To nie jest plik WebVTT")


def test_sections_begin_a_minute_apart_at_least():
    cues = [Cue(at * 1000, at * 1000 + 500, str(at)) for at in (3, 30, 62, 63, 70, 400)]
    assert [(each.start, each.text) for each in in_sections(cues)] == [
        (3, "3 30 62"),
        (63, "63 70"),
        (400, "400"),
    ]
    assert in_sections([]) == []


def test_clock_and_duration():
    assert [clock(seconds) for seconds in (0, 65, 3725)] == ["0:00", "1:05", "1:02:05"]
    assert Section(65).duration == "PT65S"


def timed(**fields):
    return WebinarFactory(
        starts=in_hours(-5),
        recording_url="https://example.org/nagranie",
        **{
            "recording_consent": True,
            "transcript": "Pierwsze\nDrugie\nTrzecie",
            "cue_times": [[0, 5000], [61_500, 65_000], [70_000, 75_000]],
            **fields,
        },
    )


def test_minute_of_a_place_in_the_text_is_where_its_section_begins(db):
    webinar = timed()
    text = webinar.transcript
    assert webinar.minute_of(text.index("Pierwsze")) == 0
    assert webinar.minute_of(text.index("Drugie") - 1) == 0
    assert webinar.minute_of(text.index("Drugie")) == 61
    assert webinar.minute_of(text.index("Trzecie") + 3) == 61
    assert webinar.minute_of(10_000) == 61
    assert webinar.minute_of(-1) == 0


def test_transcript_without_times_has_no_minutes(db):
    webinar = timed(cue_times=[])
    assert webinar.minute_of(3) is None
    assert webinar.cues == []


def test_nothing_is_told_without_consent(db):
    webinar = timed(recording_consent=False)
    assert (webinar.cues, webinar.shown_transcript, webinar.minute_of(0)) == ([], "", None)


def test_editor_corrects_words_and_keeps_times(db):
    webinar = timed(transcript="Pierwsze\r\nPoprawione\r\nTrzecie")
    webinar.clean()
    assert webinar.cues[1] == Cue(61_500, 65_000, "Poprawione")


def test_editor_who_takes_a_line_away_is_told(db):
    webinar = timed()
    webinar.transcript = "Pierwsze\nDrugie"
    with pytest.raises(ValidationError) as caught:
        webinar.clean()
    assert list(caught.value.message_dict) == ["transcript"]


def test_empty_transcript_takes_its_times_along(db):
    webinar = timed(transcript=" ")
    webinar.clean()
    assert webinar.cue_times == []
