"""A small world that everybody sees, and what may be hidden in it. Each hidden thing says KANAREK
wherever it can; for whom it is hidden is the world's name.
"""

import datetime
import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from cms.models import Audience, Contribution, HubPage
from home.models import MenuItem, Partnership
from projects.models import Exchange
from search.indexing import page_models, refresh
from tests.factories import (
    AnswerFactory,
    ArticleFactory,
    CollectionFactory,
    EditionFactory,
    EventFactory,
    ExpertFactory,
    HubDocumentFactory,
    HubImageFactory,
    MemberFactory,
    MenuFactory,
    PartnerFactory,
    PlaceFactory,
    ProjectFactory,
    PublicationFactory,
    QuestionFactory,
    SeriesFactory,
    StandardPageFactory,
    ThematicMonthFactory,
    TopicFactory,
    WebinarFactory,
    WorkingGroupFactory,
    in_hours,
)
from thematic_months.models import (
    ArticleSubject,
    Invitation,
    MonthExpert,
    ProgrammeItem,
    Question,
    QuestionState,
    WebinarMaterial,
)

CANARY = "KANAREK"
# No thing has this id: a reference to it shows what one to a hidden thing must show.
NOWHERE = 99_999_999


def stream(page: int = NOWHERE, image: int = NOWHERE, document: int = NOWHERE) -> str:
    """A body that refers to the things from every block that can."""
    link = f'<a linktype="page" id="{page}">strona</a>'
    linked = f'<p>{link} <a linktype="document" id="{document}">plik</a></p>'
    figure = {"image": {"image": image, "alt_text": "Opis", "decorative": False}, "caption": ""}
    blocks = {
        "heading": {"text": "Nagłówek", "level": "2"},
        "text": linked,
        "image": figure,
        "gallery": {"images": [item(figure)]},
        "quote": {"text": "Cytat", "person": "", "source": ""},
        "video": {"title": "Film", "video": "https://example.org/film"},
        "document": {"document": document, "title": "Plik"},
        "page_card": {"page": page, "text": "Polecamy"},
        "tip": {"text": linked, "expert": page},
        "frequent_questions": {"questions": [item({"question": "Co?", "answer": linked})]},
        "steps": {"title": "Kroki", "steps": [item({"title": "Krok", "text": linked})]},
        "call_to_action": {"text": "", "label": "Dalej", "page": page, "url": ""},
    }
    names = [(name, str(number)) for number, name in enumerate(blocks)]
    return json.dumps([{"type": t, "id": key, "value": blocks[t]} for t, key in names])


def item(value: Any) -> dict[str, Any]:
    return {"type": "item", "id": "1", "value": value}


class World:
    """What everybody sees: at least one thing of each kind, with all its relations."""

    def __init__(self, home: Page) -> None:
        self.home = home
        self.topic = TopicFactory(slug="temat")
        self.place = PlaceFactory(slug="miejsce")
        self.partner = PartnerFactory(slug="partner", logo=HubImageFactory())
        point = dict.fromkeys(("x", "y", "width", "height"), 5)
        cover = HubImageFactory(**{f"focal_point_{name}": value for name, value in point.items()})
        shared = {"topics": [self.topic], "cover": cover}
        self.expert = ExpertFactory(
            slug="ekspertka",
            place=self.place,
            photo=HubImageFactory(),
            member=MemberFactory(email=f"{CANARY}@example.org", first_name=CANARY),
            links=[{"label": "Strona", "url": "https://example.org/"}],
            **shared,
        )
        by = [{"expert": self.expert}, {"name": "Jan Kowalski"}]
        with_partner = [{"partner": self.partner, "role": "patron"}]
        older = SeriesFactory(slug="starszy")
        self.series = SeriesFactory(
            slug="cykl",
            continues=older,
            contributions=by,
            partnerships=with_partner,
            body=stream(),
            **shared,
        )
        self.month = ThematicMonthFactory(
            parent=self.series,
            slug="miesiac",
            year=2031,
            month=1,
            experts=[{"expert": self.expert, "invitation": Invitation.CONFIRMED}],
            programme=[{"title": "Punkt"}],
            contributions=by,
            questions_open_until=in_hours(5),
            **shared,
        )
        document = HubDocumentFactory()
        self.webinar = WebinarFactory(
            parent=self.month,
            slug="webinar",
            contributions=by,
            materials=[{"title": "Slajdy", "document": document}, {"title": "Skryty plik"}],
            **shared,
        )
        old = {"starts": in_hours(-3), "ends": in_hours(-2)}
        self.past = WebinarFactory(parent=self.month, slug="miniony", **old)
        self.project = ProjectFactory(
            slug="projekt",
            continues=ProjectFactory(slug="starszy-projekt"),
            contributions=by,
            partnerships=with_partner,
            **shared,
        )
        self.article = ArticleFactory(
            parent=self.month,
            slug="artykul",
            body=stream(),
            contributions=by,
            subjects=[{"page": self.project}],
            **shared,
        )
        self.locked = ArticleFactory(
            parent=self.month, slug="za-drzwiami", audience=Audience.MEMBERS, lead="Zajawka"
        )
        self.edition = EditionFactory(
            parent=self.project,
            slug="edycja",
            laureates=[{"place": self.place, "award": "Nagroda"}],
            exchanges=[{"host": self.place, "guest": self.place, "report": None}],
            contributions=by,
            **shared,
        )
        self.event = EventFactory(
            parent=self.edition,
            slug="spotkanie",
            place=self.place,
            programme=[{"title": "Powitanie"}],
            contributions=by,
            **shared,
        )
        self.publication = PublicationFactory(
            slug="ksiazka", file=document, origin=self.project, contributions=by, **shared
        )
        self.orphan = PublicationFactory(slug="bez-projektu")
        self.group = WorkingGroupFactory(slug="grupa", contributions=by, **shared)
        self.question = QuestionFactory(
            month=self.month,
            webinar=self.webinar,
            member=MemberFactory(email=f"pyta-{CANARY}@example.org"),
            state=QuestionState.PUBLISHED,
        )
        AnswerFactory(question=self.question, expert=self.expert)
        self.plain = StandardPageFactory(slug="strona", body=stream())
        self.menu = MenuFactory(
            key="main", items=[MenuItem(page=self.plain), MenuItem(url="https://example.org/")]
        )
        Redirect.objects.create(old_path="/stary", redirect_page=self.article)
        index_all()


def index_all() -> None:
    for model in [*page_models().values(), Question]:
        refresh((model.content_kind, pk) for pk in model.objects.values_list("pk", flat=True))


# Who a page in each state is hidden from. The owner of the world's group sees `group`.
STATES = ("draft", "expired", "scheduled", "unpublished", "password", "other_group")


def hide_pages(world: World, state: str, **more: Any) -> list[HubPage]:
    """One page of each kind in this state, with everything on it that could be told."""
    values = page_values(state) | {"title": f"{CANARY} {state}", "lead": CANARY, **more}
    named = values | {"topics": [world.topic]}
    series = shut(SeriesFactory(slug=f"{state}-cykl", body=body_of(), **named), state)
    if state == "unpublished":
        # Pages that are live themselves, below one that is not.
        series.unpublish()
        values = {"title": f"{CANARY} {state}", "lead": CANARY, "topics": [world.topic]}
        named = values
        month_parent, flat = series, {"live": False}
    else:
        month_parent, flat = world.series, {}
    by = [{"expert": world.expert}]
    month = ThematicMonthFactory(
        parent=month_parent,
        slug=f"{state}-miesiac",
        year=2031,
        month=2 + (*STATES, "login", "group").index(state),
        theme=CANARY,
        experts=[{"expert": world.expert, "invitation": Invitation.CONFIRMED}],
        **named,
    )
    article = ArticleFactory(
        parent=month_parent, slug=f"{state}-artykul", contributions=by, body=body_of(), **named
    )
    below_month = month if state == "unpublished" else world.month
    webinar = WebinarFactory(
        parent=below_month,
        slug=f"{state}-webinar",
        transcript=CANARY,
        contributions=by,
        **named,
    )
    flat_named = named | flat
    others = [
        ExpertFactory(slug=f"{state}-ekspert", place=world.place, **flat_named),
        ProjectFactory(slug=f"{state}-projekt", contributions=by, **flat_named),
        EventFactory(
            parent=world.project, slug=f"{state}-spotkanie", place=world.place, **flat_named
        ),
        EditionFactory(parent=world.project, slug=f"{state}-edycja", **flat_named),
        PublicationFactory(
            slug=f"{state}-ksiazka", origin=world.project, contributions=by, **flat_named
        ),
        WorkingGroupFactory(slug=f"{state}-grupa", contributions=by, **flat_named),
        StandardPageFactory(slug=f"{state}-strona", **flat_named),
    ]
    pages = [series, month, article, webinar, *others]
    for page in pages[1:]:
        if state != "unpublished":
            shut(page, state)
    for page in (pages[0], pages[5]):
        Partnership.objects.create(page=page, partner=world.partner, role=CANARY)
    Redirect.objects.create(old_path=f"/stary-{state}", redirect_page=article)
    QuestionFactory(month=month, state=QuestionState.PUBLISHED, text=CANARY)
    return pages


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
    ProgrammeItem.objects.filter(month=world.month).update(expert=expert, page=article)
    for page in (world.article, world.webinar, world.group, world.publication):
        Contribution.objects.create(page=page, expert=expert, sort_order=9)
    for kind in ("PROJECT", "EDITION", "EVENT", "WORKING_GROUP"):
        ArticleSubject.objects.create(article=world.article, page=by_kind[kind], sort_order=9)
    type(world.orphan).objects.filter(pk=world.orphan.pk).update(origin=by_kind["PROJECT"])
    type(world.series).objects.filter(slug="starszy").update(continues=by_kind["SERIES"])
    type(world.project).objects.filter(slug="starszy-projekt").update(continues=by_kind["PROJECT"])
    Exchange.objects.update(report=article)
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
    document = HubDocumentFactory(collection=inner, title=CANARY)
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
    for state in QuestionState:
        if state != QuestionState.PUBLISHED:
            yield QuestionFactory(
                month=world.month, webinar=world.webinar, state=state, text=CANARY
            )
    # A recording without consent, an address for registration that is closed.
    type(world.past).objects.filter(pk=world.past.pk).update(
        recording_url=f"https://example.org/{CANARY}",
        registration_url=f"https://example.org/{CANARY}",
        transcript=CANARY,
    )
    for shown in (world.article, world.month, world.expert):
        draft = shown.specific_class.objects.get(pk=shown.pk)
        draft.title = draft.lead = draft.seo_title = CANARY
        draft.save_revision()


def hide_from_strangers(world: World) -> list[HubPage]:
    """What members see and strangers do not."""
    type(world.webinar).objects.filter(pk=world.webinar.pk).update(
        join_url=f"https://example.org/{CANARY}"
    )
    locked = type(world.locked).objects.get(pk=world.locked.pk)
    locked.body = stream(page=world.article.pk).replace("Nagłówek", CANARY)
    locked.save(update_fields=["body"])
    return hide_pages(world, "login")
