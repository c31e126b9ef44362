"""Transcripts with times: WebVTT files (https://www.w3.org/TR/webvtt1/) as cues, and cues as
sections to read.
"""

import html
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from webvtt import Caption, WebVTT
from webvtt.errors import MalformedCaptionError, MalformedFileError
from webvtt.models import Timestamp

LARGEST_FILE = 2 * 1024 * 1024
MOST_CUES = 6000
LONGEST_TEXT = 400_000
LONGEST_RECORDING = 12 * 60 * 60 * 1000
# Seconds. A section is what one reads before looking at the clock again.
SECTION = 60


@dataclass(frozen=True)
class Cue:
    """What is said from `start` to `end`, both in milliseconds; one line of text."""

    start: int
    end: int
    text: str


@dataclass
class Section:
    """A minute or so of a recording. `start` is in whole seconds, and no two begin at one."""

    start: int
    cues: list[Cue] = field(default_factory=list)

    @property
    def clock(self) -> str:
        return clock(self.start)

    @property
    def duration(self) -> str:
        """`start` as HTML's <time datetime> writes a duration."""
        return f"PT{self.start}S"

    @property
    def text(self) -> str:
        return " ".join(cue.text for cue in self.cues)


def clock(seconds: int) -> str:
    """„1:05” or „1:02:05”."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def read_webvtt(data: bytes) -> list[Cue]:
    """The cues of a file, by time. Raises ValidationError that tells an editor what to do."""
    if len(data) > LARGEST_FILE:
        raise ValidationError(_("The file is larger than 2 MB. A transcript has only text in it."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(
            _("The file is not in UTF-8. Save it again, and choose the encoding UTF-8.")
        ) from None
    captions = parse(text)
    if len(captions) > MOST_CUES:
        raise ValidationError(
            _("The file has %(number)s cues; at most %(most)s can be shown.")
            % {"number": len(captions), "most": MOST_CUES}
        )
    cues = sorted(cues_of(captions), key=lambda cue: cue.start)
    if not cues:
        raise ValidationError(_("The file has no text in it."))
    if sum(len(cue.text) + 1 for cue in cues) > LONGEST_TEXT:
        raise ValidationError(_("The transcript is longer than 400,000 characters."))
    return cues


def parse(text: str) -> list[Caption]:
    try:
        return list(WebVTT.from_string(text, strict=True).captions)
    except MalformedFileError:
        raise ValidationError(
            _("This is no WebVTT file: it does not begin with WEBVTT. Export the captions as .vtt.")
        ) from None
    except MalformedCaptionError as error:
        raise ValidationError(
            _("The file has a cue without proper times: %(cue)s. They look like this: %(times)s.")
            % {"cue": str(error)[:120], "times": "00:01:05.000 --> 00:01:09.500"}
        ) from None


def cues_of(captions: Iterable[Caption]) -> Iterable[Cue]:
    """Without empty cues; whoever speaks is named where another begins."""
    speaker = ""
    for caption in captions:
        start, end = milliseconds(caption.start), milliseconds(caption.end)
        if end <= start or end > LONGEST_RECORDING:
            raise ValidationError(
                _("The cue at %(time)s ends before it begins, or after 12 hours.")
                % {"time": caption.start}
            )
        said = " ".join(html.unescape(caption.text).replace("\x00", "").split())
        if not said:
            continue
        voice = " ".join(html.unescape(caption.voice or "").split())
        named = f"{voice}: {said}" if voice and voice != speaker else said
        speaker = voice
        yield Cue(start, end, named)


def milliseconds(timestamp: str) -> int:
    return Timestamp.from_string(timestamp).in_milliseconds()


def in_sections(cues: Iterable[Cue]) -> list[Section]:
    sections: list[Section] = []
    for cue in cues:
        seconds = cue.start // 1000
        if not sections or seconds >= sections[-1].start + SECTION:
            sections.append(Section(seconds))
        sections[-1].cues.append(cue)
    return sections


def cue_at(lines: list[str], offset: int) -> int:
    """Which line holds the character at this offset of the lines joined by line feeds."""
    ends = list(accumulate(len(line) + 1 for line in lines))
    return min(bisect_right(ends, max(offset, 0)), len(lines) - 1)
