"""A small world that everybody sees. What may be hidden in it is in hidden_things.py."""

import json
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.models import Audience, HubDocument
from home.models import MenuItem, SiteSettings
from search.indexing import page_models, refresh
from tests.factories import (
    AnswerFactory,
    ArticleFactory,
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
from tests.settling import settle
from thematic_months.models import (
    Invitation,
    Question,
    QuestionState,
)

# What every hidden thing says wherever it can.
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
        self.document = HubDocumentFactory(title="Plik na każdy temat")
        point = dict.fromkeys(("x", "y", "width", "height"), 5)
        cover = HubImageFactory(**{f"focal_point_{name}": value for name, value in point.items()})
        self.shared = {"topics": [self.topic], "cover": cover, "body": stream()}
        self.expert = ExpertFactory(
            slug="ekspertka",
            place=self.place,
            photo=HubImageFactory(),
            member=MemberFactory(email=f"{CANARY}@example.org", first_name=CANARY),
            links=[{"label": "Strona", "url": "https://example.org/"}],
            **self.shared,
        )
        # What is made from here on refers to what everybody sees.
        self.shared["body"] = stream(self.expert.pk, cover.pk, self.document.pk)
        self.by = [{"expert": self.expert}, {"name": "Jan Kowalski"}]
        self.with_partner = [{"partner": self.partner, "role": "patron"}]
        self.make_projects()
        self.make_months()
        self.make_pages()
        self.menu = MenuFactory(
            key="main", items=[MenuItem(page=self.plain), MenuItem(url="https://example.org/")]
        )
        Redirect.objects.create(old_path="/stary", redirect_page=self.article)
        settings = SiteSettings.load()
        settings.main_series = self.series
        settings.save()
        index_all()

    def make_pages(self) -> None:
        self.plain = StandardPageFactory(slug="strona", body=stream())
        self.illustrated = StandardPageFactory(slug="z-okladka", **self.shared)
        for page in (self.home, *Page.objects.child_of(self.home).specific()):
            if page == self.home or page.content_type.model.endswith("index"):
                page.cover = self.shared["cover"]
                page.body = stream()
                page.topics.set([self.topic])
                page.save()

    def make_projects(self) -> None:
        self.project = ProjectFactory(
            slug="projekt",
            continues=ProjectFactory(slug="starszy-projekt"),
            contributions=self.by,
            partnerships=self.with_partner,
            **self.shared,
        )
        self.edition = EditionFactory(
            parent=self.project,
            slug="edycja",
            laureates=[{"place": self.place, "award": "Nagroda"}],
            exchanges=[
                {"host": self.place, "guest": self.place, "report": report}
                for report in (None, ArticleFactory(slug="sprawozdanie"))
            ],
            contributions=self.by,
            **self.shared,
        )
        self.event = EventFactory(
            parent=self.edition,
            slug="spotkanie",
            place=self.place,
            programme=[{"title": "Powitanie"}],
            contributions=self.by,
            **self.shared,
        )
        self.publication = PublicationFactory(
            slug="ksiazka",
            file=self.document,
            origin=self.project,
            contributions=self.by,
            **self.shared,
        )
        self.orphan = PublicationFactory(slug="bez-projektu")
        self.group = WorkingGroupFactory(slug="grupa", contributions=self.by, **self.shared)

    def make_months(self) -> None:
        older = SeriesFactory(slug="starszy")
        self.series = SeriesFactory(
            slug="cykl",
            continues=older,
            contributions=self.by,
            partnerships=self.with_partner,
            **self.shared,
        )
        self.month = ThematicMonthFactory(
            parent=self.series,
            slug="miesiac",
            year=2031,
            month=1,
            experts=[{"expert": self.expert, "invitation": Invitation.CONFIRMED}],
            programme=[
                {"title": "Punkt"},
                {"title": "Rozmowa", "expert": self.expert, "page": self.project},
            ],
            contributions=self.by,
            questions_open_until=in_hours(5),
            **self.shared,
        )
        self.make_texts()

    def make_texts(self) -> None:
        self.webinar = WebinarFactory(
            parent=self.month,
            slug="webinar",
            contributions=self.by,
            materials=[{"title": "Slajdy", "document": self.document}, {"title": "Skryty plik"}],
            **self.shared,
        )
        old = {"starts": in_hours(-3), "ends": in_hours(-2)}
        self.past = WebinarFactory(parent=self.month, slug="miniony", **old)
        self.recorded = WebinarFactory(
            parent=self.month,
            slug="nagrany",
            recording_url="https://vimeo.com/1",
            recording_consent=True,
            transcript="Dzień dobry.\nDo widzenia.",
            cue_times=[[0, 5_000], [65_000, 70_000]],
            **old,
        )
        self.article = ArticleFactory(
            parent=self.month,
            slug="artykul",
            contributions=self.by,
            subjects=[{"page": self.project}],
            **self.shared,
        )
        self.locked = ArticleFactory(
            parent=self.month, slug="za-drzwiami", audience=Audience.MEMBERS, lead="Zajawka"
        )
        self.question = QuestionFactory(
            month=self.month,
            webinar=self.webinar,
            member=MemberFactory(email=f"pyta-{CANARY}@example.org"),
            state=QuestionState.PUBLISHED,
        )
        AnswerFactory(question=self.question, expert=self.expert)


def index_all() -> None:
    for model in [*page_models().values(), Question, HubDocument]:
        refresh((model.content_kind, pk) for pk in model.objects.values_list("pk", flat=True))
    settle()
