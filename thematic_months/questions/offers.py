"""Texts that members offer: what is taken, and how one becomes a draft article."""

from typing import Any

from anyascii import anyascii
from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms import outbox
from cms.models import Contribution, ContributionRole
from members.models import Member
from thematic_months.models import Article, OfferedText, OfferState
from thematic_months.models.offer import LONGEST_LEAD, LONGEST_OFFER, LONGEST_TITLE
from thematic_months.questions.asking import spoken, text_field
from thematic_months.questions.limits import lock_member, refuse_flood

ACCEPTED, DECLINED = "offer-accepted", "offer-declined"
MAILS = {OfferState.ACCEPTED: ACCEPTED, OfferState.DECLINED: DECLINED}
SHORTEST_OFFER = 300
SHORTEST_LEAD = 20


class OfferForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    lead = text_field(
        LONGEST_LEAD,
        SHORTEST_LEAD,
        3,
        label=_("In short"),
        help_text=_("One to three sentences: what it is about, and for whom."),
    )
    text = text_field(
        LONGEST_OFFER,
        SHORTEST_OFFER,
        18,
        label=_("Text"),
        help_text=_(
            "What you did, how it went, what it cost, what you would do otherwise. Plain text; an "
            "empty line begins a new paragraph."
        ),
    )
    author_name = forms.CharField(
        label=_("Author, as readers will see it"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agrees = forms.BooleanField(
        label=_(
            "The text is mine, and I agree to its publication under the licence CC BY-SA 4.0: "
            "everybody may use it, naming me and under the same licence."
        ),
        error_messages={"required": _("Without this consent we cannot publish the text.")},
    )


def offer(member: Member, cleaned: dict[str, Any]) -> tuple[OfferedText, bool]:
    """The text, written down, and whether the member had offered the same before. Raises TooMany
    when the member has sent enough.
    """
    with transaction.atomic():
        lock_member(member)
        own = OfferedText.objects.filter(member=member)
        said = spoken(cleaned["text"])
        for before in own.order_by("-offered_at")[:20]:
            if spoken(before.text) == said:
                return before, True
        waiting = own.filter(state=OfferState.NEW)
        refuse_flood(own, waiting, "offered_at", settings.OFFER_LIMITS)
        names = ("title", "lead", "text", "author_name")
        text = OfferedText.objects.create(member=member, **{name: cleaned[name] for name in names})
    return text, False


def locked(pk: int) -> OfferedText:
    """As it is now, and nobody else changes it until the transaction ends."""
    return OfferedText.objects.select_for_update(no_key=True).get(pk=pk)


def decided(text: OfferedText, before: OfferedText, *, moderator: Any) -> None:
    """What follows from a moderator's decision: the draft, and the mail to the author."""
    if text.state == OfferState.ACCEPTED and text.article_id is None:
        text.article = make_draft(text, moderator=moderator)
        text.save(update_fields=["article"])
    kind = MAILS.get(OfferState(text.state))
    if kind is not None and text.state != before.state and text.member_id is not None:
        outbox.post(kind, text.pk, occasion=text.version)


def make_draft(text: OfferedText, *, moderator: Any) -> Article:
    """An article that nobody sees before an editor publishes it."""
    place = Page.objects.get(pk=text.place_id).specific
    article = Article(
        title=text.title,
        draft_title=text.title,
        slug=free_slug(place, text.title),
        lead=text.lead,
        licence=text.licence,
        body=[("text", paragraphs(text.text))],
        live=False,
        has_unpublished_changes=True,
        owner=moderator,
    )
    article.contributions = [
        Contribution(name=text.author_name, role=ContributionRole.AUTHOR, sort_order=0)
    ]
    place.add_child(instance=article)
    article.save_revision(user=moderator, changed=False)
    return article


def paragraphs(text: str) -> str:
    """Plain text as rich text: what looks like HTML stays what was typed."""
    parts = [part.strip() for part in text.split("\n\n")]
    return "".join(f"<p>{escape(part).replace(chr(10), '<br/>')}</p>" for part in parts if part)


def free_slug(place: Page, title: str) -> str:
    base = slugify(anyascii(title))[:200].strip("-") or "tekst"
    taken = set(place.get_children().values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
