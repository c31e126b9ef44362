"""What validation says, in both languages."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import translation


def refusals(thing: models.Model) -> dict[str, list[str]]:
    """The messages by field, each in English and in Polish; empty when the thing is in order."""
    said: dict[str, list[str]] = {}
    for language in ("en", "pl"):
        with translation.override(language):
            try:
                thing.clean()
            except ValidationError as error:
                by_field = (
                    error.message_dict
                    if hasattr(error, "error_dict")
                    else {NON_FIELD_ERRORS: error.messages}
                )
                for field, messages in by_field.items():
                    said.setdefault(field, []).extend(messages)
    return said
