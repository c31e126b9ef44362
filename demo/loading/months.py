"""Series, thematic months and what stands below them: articles, webinars, questions."""

import calendar
import datetime
import hashlib
from typing import Any

from django.utils.html import format_html
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed

from cms.models import Audience, ContributionRole, HubPage, Organiser
from demo.content import ContentError, Entry
from demo.loading.desk import Desk, numbered
from thematic_months.models import (
    Answer,
    Article,
    ArticleSubject,
    Invitation,
    MonthExpert,
    ProgrammeItem,
    Question,
    QuestionState,
    Series,
    ThematicMonth,
    Webinar,
    WebinarMaterial,
    WebinarState,
    WebinarStatus,
)
from thematic_months.transcripts import read_webvtt

STATES = ("live", "draft", "scheduled")
PAST = (WebinarState.RECORDING, WebinarState.ENDED)
OFF = (WebinarState.POSTPONED, WebinarState.CANCELLED)


def load_series(desk: Desk) -> None:
    entries = desk.content.site.entries("series")
    # The older one first: the newer one continues it.
    for entry in sorted(entries, key=lambda it: "continues" in it):
        series = Series(
            **desk.common(entry, datetime.date(2019 if "continues" in entry else 2012, 1, 10)),
            organiser=entry.choice("organiser", Organiser),
            cover=desk.library.cover("project", entry["slug"], []),
        )
        if "continues" in entry:
            series.continues = Series.objects.get(slug=entry["continues"])
        series.partnerships = desk.partnerships(entry)
        desk.add(desk.home, series, entry)


def first_day(desk: Desk, entry: Entry) -> datetime.date:
    if "offset" not in entry:
        return datetime.date(entry["year"], entry["month"], 1)
    number = desk.today.year * 12 + desk.today.month - 1 + entry["offset"]
    return datetime.date(number // 12, number % 12 + 1, 1)


def is_live(entry: Entry) -> bool:
    state = entry.get("state", "live")
    if state not in STATES:
        raise ContentError(entry.where, f"“state” is “{state}”, but may be: {', '.join(STATES)}")
    return bool(state == "live")


def load_months(desk: Desk) -> None:
    for entry in sorted(desk.content.months, key=lambda it: first_day(desk, it)):
        load_month(desk, entry, first_day(desk, entry))


def load_month(desk: Desk, entry: Entry, first: datetime.date) -> None:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    month = ThematicMonth(
        **desk.common(entry, first),
        year=first.year,
        month=first.month,
        theme=entry["theme"],
        questions_open_until=desk.moment(last, "23:59"),
        cover=desk.library.month_cover(entry["slug"], entry["topics"], first.year, first.month),
    )
    month.experts = numbered(
        [
            MonthExpert(
                expert=desk.expert(row["slug"], row.where),
                invitation=row.choice("invitation", Invitation),
            )
            for row in entry.entries("experts")
        ]
    )
    month.programme = numbered(
        [programme_item(desk, row, first) for row in entry.entries("programme")]
    )
    coordinators = [row["slug"] for row in entry.entries("experts")][:1]
    desk.credit(month, coordinators, ContributionRole.COORDINATOR, entry.where)
    parent = desk.find(desk.pages, entry["series"], entry.where)
    desk.add(parent, month, entry, live=is_live(entry))
    for row in entry.entries("articles"):
        load_article(desk, row, month, desk.day_of(row, first))
    for row in entry.entries("webinars"):
        load_webinar(desk, row, month, first)
    for number, row in enumerate(entry.entries("questions")):
        load_question(desk, row, month, first + datetime.timedelta(days=1 + 4 * number))
    link_programme(month)


def programme_item(desk: Desk, entry: Entry, first: datetime.date) -> ProgrammeItem:
    return ProgrammeItem(
        date=desk.day_of(entry, first),
        title=entry["title"],
        expert=desk.expert(entry["expert"], entry.where) if entry.get("expert") else None,
    )


def link_programme(month: ThematicMonth) -> None:
    """What was announced for a day is the article or webinar of that day."""
    pages: dict[datetime.date, HubPage] = {}
    for article in Article.objects.child_of(month):
        pages.setdefault(article.published_on, article)
    for webinar in Webinar.objects.child_of(month):
        pages[webinar.starts.date()] = webinar
    items = list(month.programme.all())
    for item in items:
        item.page = pages.get(item.date)
    # Through the page, so that its revisions know the links too.
    month.programme = items
    month.programme.commit()


def load_article(desk: Desk, entry: Entry, parent: HubPage, published: datetime.date) -> None:
    article = Article(
        **desk.common(entry, published),
        cover=desk.library.cover("article", entry["slug"], entry["topics"]),
    )
    desk.credit(article, entry["authors"], ContributionRole.AUTHOR, entry.where)
    article.subjects = numbered(
        [
            ArticleSubject(page=desk.find(desk.pages, slug, entry.where))
            for slug in entry.get("about", [])
        ]
    )
    desk.add(parent, article, entry, live=is_live(entry))


def load_practice(desk: Desk) -> None:
    """Articles outside any month."""
    for entry in desk.content.articles:
        in_series = entry["parent"] != "articles"
        parent = (
            desk.find(desk.pages, entry["parent"], entry.where)
            if in_series
            else desk.index("articles")
        )
        load_article(desk, entry, parent, entry["published"])


def load_webinar(desk: Desk, entry: Entry, month: ThematicMonth, first: datetime.date) -> None:
    state = entry.choice("state", WebinarState)
    span = desk.span(entry, first)
    if state not in OFF and (state in PAST) != (span["ends"] < desk.now):
        raise ContentError(entry.where, f"the date and the state {state} do not go together")
    webinar = Webinar(
        **desk.common(entry, span["starts"].date() - datetime.timedelta(days=10)),
        **span,
        status=WebinarStatus.PLANNED if state in PAST else WebinarStatus(state.value),
        registration_url=entry.get("registration_url", ""),
        join_url=entry.get("join_url", f"https://example.org/pokoj/{entry['slug']}"),
        **transcript(entry),
        cover=desk.library.cover("webinar", entry["slug"], entry["topics"]),
    )
    if state == WebinarState.RECORDING:
        elsewhere = f"https://example.org/nagrania/{entry['slug']}"
        webinar.recording_url = entry.get("recording_url", elsewhere)
        webinar.recorded_on = span["starts"].date()
        webinar.recording_consent = True
        webinar.materials = materials(desk, entry)
    desk.credit(webinar, entry["trainers"], ContributionRole.TRAINER, entry.where)
    desk.add(month, webinar, entry)


def transcript(entry: Entry) -> dict[str, Any]:
    """WebVTT, which has times, or the text alone."""
    text = entry.get("transcript", "").strip()
    if not text.startswith("WEBVTT"):
        return {"transcript": text}
    cues = read_webvtt(text.encode())
    return {
        "transcript": "\n".join(cue.text for cue in cues),
        "cue_times": [[cue.start, cue.end] for cue in cues],
    }


def materials(desk: Desk, entry: Entry) -> list[WebinarMaterial]:
    """The slides, and a publication on the webinar's topic when there is one."""
    rows = [
        WebinarMaterial(
            title="Slajdy z webinaru", url=f"https://example.org/slajdy/{entry['slug']}"
        )
    ]
    for publication in desk.content.publications:
        if (
            publication["topics"][0] == entry["topics"][0]
            and publication["audience"] == Audience.PUBLIC
        ):
            document = desk.library.documents[publication["slug"]]
            rows.append(
                WebinarMaterial(title=f"Do poczytania: {publication['title']}", document=document)
            )
    return numbered(rows)


def load_question(desk: Desk, entry: Entry, month: ThematicMonth, day: datetime.date) -> None:
    state = entry.choice("state", QuestionState)
    asked = min(desk.moment(day, "09:30"), desk.now - datetime.timedelta(days=3))
    answered = asked + datetime.timedelta(days=2)
    question = Question(
        month=month,
        display_name=entry["asker"],
        text=entry["text"],
        state=state,
        decline_reason=entry.get("reason", ""),
        asked_at=asked,
        published_at=answered if state == QuestionState.PUBLISHED else None,
        # What waits for the moderator was asked by the account that can log in.
        member=None if state == QuestionState.PUBLISHED else desk.accounts["czlonek"],
    )
    question.answers = numbered(
        [
            Answer(
                expert=desk.expert(row["expert"], row.where),
                text=row["text"],
                answered_at=answered - datetime.timedelta(hours=3 - number),
            )
            for number, row in enumerate(entry.entries("answers"))
        ]
    )
    question.full_clean()
    question.save()


def remember_videos(desk: Desk) -> None:
    """What the videos show when they are embedded, so that nobody asks a video site about them."""
    for page in list(desk.pages.values()):
        for block in getattr(page, "body", None) or []:
            if block.block_type == "video":
                remember_video(block.value["video"].url, block.value["title"])


def remember_video(url: str, title: str) -> None:
    video = hashlib.sha256(url.encode()).hexdigest()[:11]
    Embed.objects.get_or_create(
        hash=get_embed_hash(url),
        defaults={
            "url": url,
            "type": "video",
            "title": title,
            "provider_name": "Demo",
            "html": format_html(
                '<iframe src="https://example.org/film/{}" title="{}"></iframe>', video, title
            ),
            "width": 640,
            "height": 360,
        },
    )
