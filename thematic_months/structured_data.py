"""Series, months, articles, webinars, experts and questions in schema.org's words."""

from typing import Any

from cms.models import HubPage
from cms.paths import canonical, path_of
from cms.structured_data import (
    Data,
    collection,
    describes,
    image_object,
    moment,
    organization,
    people,
    person,
    website,
    without_empty,
    work,
)
from thematic_months.models import (
    Article,
    ArticleIndex,
    Expert,
    ExpertIndex,
    Question,
    Series,
    ThematicMonth,
    Webinar,
    WebinarStatus,
)

STATUSES = {WebinarStatus.CANCELLED: "EventCancelled", WebinarStatus.POSTPONED: "EventPostponed"}

describes(Series, ArticleIndex, ExpertIndex)(collection)


@describes(ThematicMonth)
def month_data(month: ThematicMonth, context: Data) -> Data:
    about = {
        "about": month.theme,
        "contributor": [person(e.name, e.path) for e in experts(context)],
    }
    return collection(month, context) | about


def experts(context: Data) -> list[Any]:
    return context.get("experts") or []


@describes(Article)
def article_data(article: Article, context: Data) -> Data:
    url = canonical(path_of(article))
    return {
        "@type": "Article",
        "headline": article.title,
        "mainEntityOfPage": url,
        **work(article, context),
    }


@describes(Webinar)
def webinar_data(webinar: Webinar, context: Data) -> Data:
    url = canonical(path_of(webinar))
    status = STATUSES.get(WebinarStatus(webinar.status), "EventScheduled")
    return {
        "@type": ["Event", "BroadcastEvent"],
        "startDate": moment(webinar.starts),
        "endDate": moment(webinar.ends),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        # The page. Where to join is for members.
        "location": {"@type": "VirtualLocation", "url": url},
        "isLiveBroadcast": True,
        "organizer": organization(),
        "performer": people(context),
        "recordedIn": recording(webinar, context),
        # What schema.org has for texts alone.
        **dict.fromkeys(("license", "datePublished", "dateModified", "isPartOf"), ""),
        "mainEntityOfPage": url,
    }


def recording(webinar: Webinar, context: Data) -> Data:
    """Only while it is shown to this viewer."""
    if not context.get("recording_url"):
        return {}
    embed = context.get("embed")
    day = webinar.recorded_on or webinar.starts.date()
    return without_empty(
        {
            "@type": "VideoObject",
            "name": webinar.title,
            "description": webinar.lead or webinar.title,
            "uploadDate": day.isoformat(),
            "thumbnailUrl": image_object(context["cover"]).get("url", ""),
            "embedUrl": embed.url if embed else "",
            "url": context["recording_url"],
        }
    )


@describes(Expert)
def expert_data(expert: Expert, context: Data) -> Data:
    return {
        "@type": "Person",
        "image": image_object(context.get("photo")),
        "sameAs": [link.url for link in expert.links.all()],
        "memberOf": organization(),
        "mainEntityOfPage": canonical(path_of(expert)),
        **dict.fromkeys(NOT_OF_PEOPLE, ""),
    }


# What a page has and a person has not.
NOT_OF_PEOPLE = (
    "inLanguage", "datePublished", "dateModified", "keywords", "license", "isAccessibleForFree",
    "isPartOf",
)  # fmt: skip


def qa_page(question: Question, answers: list[Data], url: str) -> list[Data]:
    """The nodes of the page of one published question; `answers` are those that are shown, each
    with `text`, `answered_at` and `expert`, None when the viewer may not see the expert
    (thematic_months/page_context.py).
    """
    return [
        {
            "@type": "QAPage",
            "@id": f"{url}#strona",
            "url": url,
            "inLanguage": "pl",
            "mainEntity": without_empty(
                {
                    "@type": "Question",
                    "name": question.text[:110],
                    "text": question.text,
                    "dateCreated": moment(question.asked_at),
                    "author": person(question.display_name) if question.display_name else {},
                    "answerCount": len(answers),
                    "suggestedAnswer": [answer_data(each, url) for each in answers],
                }
            ),
        },
        website(),
    ]


def answer_data(answer: Data, url: str) -> Data:
    expert: HubPage | None = answer["expert"]
    by = person(expert.title, path_of(expert)) if expert else {}
    return without_empty(
        {
            "@type": "Answer",
            "text": answer["text"],
            "dateCreated": moment(answer["answered_at"]),
            "url": url,
            "author": by,
        }
    )
