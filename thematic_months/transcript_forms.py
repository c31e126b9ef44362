"""Uploading a transcript in the form of a webinar."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from thematic_months import transcripts


class WebinarForm(WagtailAdminPageForm):
    transcript_file = forms.FileField(
        label=_("file with the transcript"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
        help_text=_(
            "WebVTT (.vtt), as video services export captions. It takes the place of the "
            "transcript below, and readers can open the recording at each minute."
        ),
    )

    def clean_transcript_file(self) -> list[transcripts.Cue]:
        file: UploadedFile | None = self.cleaned_data.get("transcript_file")
        if not file:
            return []
        if file.size is None or file.size > transcripts.LARGEST_FILE:
            raise ValidationError(
                _("The file is larger than 2 MB. A transcript has only text in it.")
            )
        return transcripts.read_webvtt(file.read())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        cues = cleaned.get("transcript_file")
        if cues:
            cleaned["transcript"] = "\n".join(cue.text for cue in cues)
            self.instance.cue_times = [[cue.start, cue.end] for cue in cues]
        return cleaned
