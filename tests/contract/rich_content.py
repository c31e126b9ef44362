"""A site in which everything refers to everything, in as many copies as one wants."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page

from cms import journal
from cms.images import FILTERS
from cms.models import HubImage, HubPage, HubRendition
from home.models import MenuItem, SiteSettings
from search.rebuilding import rebuild
from tests.factories import (
    AnswerFactory,
    ArticleFactory,
    EditionFactory,
    EventFactory,
    ExpertFactory,
    HubDocumentFactory,
    HubImageFactory,
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
)
from thematic_months.models import Invitation, MonthExpert, ProgrammeItem, QuestionState

TODAY = timezone.localdate()


def picture() -> HubImage:
    """With all its renditions, which here are rows without files."""
    image = HubImageFactory()
    HubRendition.objects.bulk_create(
        HubRendition(
            image=image,
            filter_spec=spec,
            focal_point_key=each.get_cache_key(image),
            file=f"{image.pk}.webp",
            width=8,
            height=5,
        )
        for spec, each in FILTERS.items()
    )
    return image


class RichSite:
    """`grow(times)` adds one more of each kind of thing, related to the things of before."""

    def __init__(self) -> None:
        self.series = SeriesFactory(slug="cykl", body=[("heading", {"text": "O cyklu"})])
        self.projects = [ProjectFactory(slug="projekt")]
        self.month: HubPage = ThematicMonthFactory(
            parent=self.series, slug="miesiac", year=TODAY.year, month=TODAY.month
        )
        # One of each kind that a card, a menu or a programme can lead to.
        self.targets: list[HubPage] = [self.series, self.projects[0], self.month]
        self.documents: list[Any] = []
        self.pages: dict[str, HubPage] = {}
        self.size = 0

    def grow(self, times: int) -> None:
        for _ in range(times):
            self.add()
        self.finish()

    def one_of_each_kind(self) -> list[HubPage]:
        return list({type(page): page for page in self.targets}.values())

    def add(self) -> None:
        self.size += 1
        self.topic = topic = TopicFactory()
        place, partner = PlaceFactory(), PartnerFactory(logo=picture())
        document = HubDocumentFactory()
        self.documents.append(document)
        expert = ExpertFactory(
            slug=f"ekspert-{self.size}",
            photo=picture(),
            cover=picture(),
            place=place,
            topics=[topic],
            links=[{"label": "Strona", "url": "https://example.org"}],
        )
        shared = {"topics": [topic], "contributions": [{"expert": expert}, {"name": "Jan Kos"}]}
        self.about_projects(shared, place, partner, document)
        self.about_months(shared, expert, document)
        self.standard = StandardPageFactory(cover=picture(), topics=[topic])
        self.targets.append(self.standard)
        self.fill_bodies(expert)

    def about_projects(self, shared: Any, place: Any, partner: Any, document: Any) -> None:
        project = self.projects[0]
        self.projects.append(
            ProjectFactory(
                cover=picture(), partnerships=[{"partner": partner}], continues=project, **shared
            )
        )
        event = EventFactory(
            parent=project,
            cover=picture(),
            place=place,
            programme=[{"title": "Otwarcie", "person": "Jan Kos"}],
            **shared,
        )
        edition = EditionFactory(
            parent=project,
            cover=picture(),
            laureates=[{"project_title": "Robot", "place": place}],
            exchanges=[{"host": place, "guest": place}],
            topics=shared["topics"],
        )
        publication = PublicationFactory(
            cover=picture(), file=document, origin=project, topics=shared["topics"]
        )
        self.group = WorkingGroupFactory(cover=picture(), **shared)
        self.targets += [event, edition, publication, self.group]

    def about_months(self, shared: Any, expert: Any, document: Any) -> None:
        self.article = ArticleFactory(
            parent=self.month,
            cover=picture(),
            subjects=[{"page": page} for page in (self.projects[0], self.group, self.projects[-1])],
            **shared,
        )
        self.webinar = WebinarFactory(
            parent=self.month,
            cover=picture(),
            materials=[
                {"title": "Slajdy", "document": document},
                {"title": "Adres", "url": "https://example.org"},
            ],
            **shared,
        )
        self.targets += [self.article, self.webinar, expert]
        for series in (
            self.series,
            SeriesFactory(cover=picture(), continues=self.series, **shared),
        ):
            ThematicMonthFactory(
                parent=series,
                cover=picture(),
                experts=[{"expert": expert, "invitation": Invitation.CONFIRMED}],
                **shared,
            )
        self.month.experts.add(MonthExpert(expert=expert, invitation=Invitation.CONFIRMED))
        for page in (self.article, self.webinar):
            self.month.programme.add(ProgrammeItem(title="Punkt", expert=expert, page=page))
        question = QuestionFactory(month=self.month, state=QuestionState.PUBLISHED)
        for _ in range(2):
            AnswerFactory(question=question, expert=expert)

    def body(self, expert: HubPage) -> list[tuple[str, Any]]:
        page, document = self.article, self.documents[-1]
        links = (
            f'<p><a linktype="page" id="{page.pk}">strona</a> '
            f'<a linktype="document" id="{document.pk}">plik</a></p>'
        )
        figure = {"image": picture(), "caption": "Podpis"}
        return [
            ("heading", {"text": "Nagłówek", "level": "2"}),
            ("text", links),
            ("image", figure),
            ("gallery", {"images": [figure, {"image": picture(), "caption": ""}]}),
            ("document", {"document": document, "title": ""}),
            *(("page_card", {"page": each, "text": ""}) for each in self.one_of_each_kind()),
            ("tip", {"text": links, "expert": expert}),
            ("frequent_questions", {"questions": [{"question": "Jak?", "answer": links}]}),
            ("steps", {"title": "", "steps": [{"title": "Krok", "text": links}]}),
            ("call_to_action", {"text": "", "label": "Dalej", "page": page, "url": ""}),
        ]

    def fill_bodies(self, expert: HubPage) -> None:
        """Bodies grow with the site: each page's has a part for each step of growth."""
        part = self.body(expert)
        for page in {*self.one_of_each_kind(), self.article, self.webinar, expert}:
            page.body = [*((each.block_type, each.value) for each in page.body), *part]
            page.save()

    def finish(self) -> None:
        """Menus, settings, the archive and the journal."""
        # As if an editor had published them.
        now = timezone.now()
        Page.objects.filter(live=True).update(first_published_at=now, last_published_at=now)
        items = [MenuItem(page=page, label="") for page in self.targets]
        MenuFactory(key=f"menu-{self.size}", items=items)
        settings = SiteSettings.load()
        settings.main_series = self.series
        settings.save()
        journal.number_committed()
        for _ in rebuild():
            pass
