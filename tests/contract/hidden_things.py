"""What may be hidden in a world (tests/contract/worlds.py), in each state that hides something."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from cms.models import Contribution, DocumentPage, HubDocument, HubPage, TextState
from home.models import MenuItem, Partnership
from members.models import Member
from projects.models import Exchange
from tests.contract.worlds import CANARY, World, stream
from tests.factories import (
    ArticleFactory,
    CollectionFactory,
    EditionFactory,
    EventFactory,
    ExpertFactory,
    HubDocumentFactory,
    HubImageFactory,
    MemberFactory,
    PartnerFactory,
    ProjectFactory,
    PublicationFactory,
    QuestionFactory,
    SeriesFactory,
    StandardPageFactory,
    ThematicMonthFactory,
    WebinarFactory,
    WorkingGroupFactory,
)
from thematic_months.models import (
    ArticleSubject,
    Assignment,
    Invitation,
    MonthExpert,
    OfferedText,
    ProgrammeItem,
    Question,
    QuestionState,
    WebinarMaterial,
)

# Who a page in each state is hidden from. The owner of the world's group sees `group`.
STATES = ("draft", "expired", "scheduled", "unpublished", "password", "other_group")


def hide_pages(world: World, state: str) -> list[HubPage]:
    """One page of each kind in this state, with everything on it that could be told."""
    texts = {"title": f"{CANARY} {state}", "lead": CANARY, "topics": [world.topic]}
    named = page_values(state) | texts
    series = shut(SeriesFactory(slug=f"{state}-cykl", body=body_of(), **named), state)
    if state == "unpublished":
        # Its pages are live themselves; where nothing can stand below it, pages are drafts.
        series.unpublish()
        pages = [*hide_months(world, state, series, texts), *hide_others(world, state, texts)]
    else:
        months = hide_months(world, state, world.series, named)
        pages = [shut(page, state) for page in (*months, *hide_others(world, state, named))]
    for page in (series, *(each for each in pages if each.content_kind == "PROJECT")):
        Partnership.objects.create(page=page, partner=world.partner, role=CANARY)
    month, article = pages[:2]
    Redirect.objects.create(old_path=f"/stary-{state}", redirect_page=article)
    QuestionFactory(month=month, state=QuestionState.PUBLISHED, text=CANARY)
    return [series, *pages]


def hide_months(world: World, state: str, parent: HubPage, named: dict[str, Any]) -> list[HubPage]:
    by = [{"expert": world.expert}]
    month = ThematicMonthFactory(
        parent=parent,
        slug=f"{state}-miesiac",
        year=2031,
        month=2 + (*STATES, "login", "group").index(state),
        theme=CANARY,
        experts=[{"expert": world.expert, "invitation": Invitation.CONFIRMED}],
        **named,
    )
    article = ArticleFactory(
        parent=parent, slug=f"{state}-artykul", contributions=by, body=body_of(), **named
    )
    webinar = WebinarFactory(
        parent=month if state == "unpublished" else world.month,
        slug=f"{state}-webinar",
        transcript=CANARY,
        contributions=by,
        **named,
    )
    return [month, article, webinar]


def hide_others(world: World, state: str, named: dict[str, Any]) -> list[HubPage]:
    by = [{"expert": world.expert}]
    named = named | ({"live": False} if state == "unpublished" else {})
    return [
        ExpertFactory(slug=f"{state}-ekspert", place=world.place, **named),
        ProjectFactory(slug=f"{state}-projekt", contributions=by, **named),
        EventFactory(parent=world.project, slug=f"{state}-spotkanie", place=world.place, **named),
        EditionFactory(parent=world.project, slug=f"{state}-edycja", **named),
        PublicationFactory(
            slug=f"{state}-ksiazka",
            origin=world.project,
            contributions=by,
            file=secret_document(),
            **named,
        ),
        WorkingGroupFactory(slug=f"{state}-grupa", contributions=by, **named),
        StandardPageFactory(slug=f"{state}-strona", **named),
    ]


def secret_document(**fields: Any) -> HubDocument:
    """A PDF whose text was read."""
    document = HubDocumentFactory(
        title=CANARY, text_state=TextState.READ, text_is_due=False, page_count=1, **fields
    )
    DocumentPage.objects.create(document=document, number=1, text=CANARY)
    return document


def body_of() -> list[tuple[str, str]]:
    return [("text", f"<p>{CANARY}</p>")]


def page_values(state: str) -> dict[str, Any]:
    now = timezone.now()
    return {
        "draft": {"live": False},
        "expired": {"expire_at": now - datetime.timedelta(hours=1)},
        "scheduled": {"live": False, "go_live_at": now + datetime.timedelta(days=1)},
    }.get(state, {})


def shut(page: HubPage, state: str) -> HubPage:
    """Restricts the page if the state is a restriction."""
    kinds = {"password": "password", "login": "login", "group": "groups", "other_group": "groups"}
    if state in kinds:
        row = PageViewRestriction.objects.create(
            page=page, restriction_type=kinds[state], password=CANARY
        )
        if kinds[state] == "groups":
            row.groups.add(Group.objects.get_or_create(name=state)[0])
    return page


def refer_to(world: World, state: str, pages: list[HubPage]) -> None:
    """From everything visible that can refer to a page, to those that are hidden."""
    by_kind = {page.content_kind: page for page in pages}
    expert, article = by_kind["EXPERT"], by_kind["ARTICLE"]
    MonthExpert.objects.create(
        month=world.month, expert=expert, invitation=Invitation.CONFIRMED, sort_order=9
    )
    ProgrammeItem.objects.filter(title="Punkt").update(expert=expert, page=article)
    for page in (world.article, world.webinar, world.group, world.publication):
        Contribution.objects.create(page=page, expert=expert, sort_order=9)
    for kind in ("PROJECT", "EDITION", "EVENT", "WORKING_GROUP"):
        ArticleSubject.objects.create(article=world.article, page=by_kind[kind], sort_order=9)
    type(world.orphan).objects.filter(pk=world.orphan.pk).update(origin=by_kind["PROJECT"])
    type(world.series).objects.filter(slug="starszy").update(continues=by_kind["SERIES"])
    type(world.project).objects.filter(slug="starszy-projekt").update(continues=by_kind["PROJECT"])
    first = Exchange.objects.order_by("pk")[:1]
    Exchange.objects.filter(pk__in=first).update(report=article)
    MenuItem.objects.create(menu=world.menu, page=article, label=CANARY, sort_order=9)
    for page in (world.article, world.series, world.plain):
        fresh = page.specific_class.objects.get(pk=page.pk)
        fresh.body = stream(page=expert.pk)
        fresh.save(update_fields=["body"])


def hide_things(world: World) -> Iterator[Any]:
    """What is hidden beside pages: private files, a snippet, questions, changes not published."""
    outer = CollectionFactory()
    row = CollectionViewRestriction.objects.create(
        collection=outer, restriction_type="groups", password=CANARY
    )
    row.groups.add(Group.objects.get_or_create(name="other_group")[0])
    inner = CollectionFactory(parent=CollectionFactory(parent=outer))
    picture = HubImageFactory(collection=inner, title=CANARY, description=CANARY, credit=CANARY)
    document = secret_document(collection=inner)
    yield picture
    yield document
    plain = type(world.plain).objects
    plain.filter(pk=world.plain.pk).update(cover=picture)
    type(world.orphan).objects.filter(pk=world.orphan.pk).update(file=document, cover=picture)
    WebinarMaterial.objects.filter(title="Skryty plik").update(document=document)
    page = plain.get(pk=world.plain.pk)
    page.body = stream(image=picture.pk, document=document.pk)
    page.save(update_fields=["body"])

    partner = PartnerFactory(slug="skryty-partner", name=CANARY, live=False)
    yield partner
    for shown in (world.series, world.project):
        Partnership.objects.create(page=shown, partner=partner, role=CANARY, sort_order=9)
    yield from hide_questions(world)
    # A recording without consent, an address for registration that is closed.
    type(world.past).objects.filter(pk=world.past.pk).update(
        recording_url=f"https://example.org/{CANARY}",
        registration_url=f"https://example.org/{CANARY}",
        transcript=CANARY,
    )
    for shown in (world.article, world.month, world.expert):
        draft = shown.specific_class.objects.get(pk=shown.pk)
        draft.title = draft.lead = draft.seo_title = CANARY
        draft.body = stream(document=secret_document().pk)
        draft.save_revision()


def hide_questions(world: World) -> Iterator[Any]:
    """Questions that are not published, and what nobody may learn of one that is."""
    for state in QuestionState:
        if state != QuestionState.PUBLISHED:
            yield QuestionFactory(
                month=world.month,
                webinar=world.webinar,
                state=state,
                text=CANARY,
                original_text=CANARY,
                display_name=CANARY,
                decline_reason=CANARY,
                member=asker(state),
            )
    # Of the question that everybody sees: who asked, its first wording, what experts write.
    Question.objects.filter(pk=world.question.pk).update(
        original_text=CANARY, decline_reason=CANARY, member=asker("published")
    )
    Assignment.objects.create(
        question=world.question,
        expert=world.expert,
        email=f"{CANARY}@example.org",
        draft=CANARY,
        submitted_at=timezone.now(),
    )
    OfferedText.objects.create(
        member=asker("offers"), title=CANARY, lead=CANARY, text=CANARY, author_name=CANARY
    )


def asker(name: str) -> Member:
    return MemberFactory(email=f"{name}-{CANARY}@example.org", first_name=CANARY, last_name=CANARY)


def hide_from_strangers(world: World) -> list[HubPage]:
    """What members see and strangers do not."""
    type(world.webinar).objects.filter(pk=world.webinar.pk).update(
        join_url=f"https://example.org/{CANARY}"
    )
    locked = type(world.locked).objects.get(pk=world.locked.pk)
    body = stream(page=world.article.pk, document=secret_document().pk)
    locked.body = body.replace("Nagłówek", CANARY)
    locked.save(update_fields=["body"])
    return hide_pages(world, "login")
