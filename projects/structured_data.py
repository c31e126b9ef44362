"""Projects, editions, events, publications and groups in schema.org's words."""

from cms.models import Place
from cms.paths import absolute, canonical, path_of
from cms.structured_data import (
    Data,
    collection,
    describes,
    moment,
    organization,
    people,
    without_empty,
    work,
)
from projects.models import (
    Edition,
    Event,
    EventStatus,
    Project,
    ProjectIndex,
    Publication,
    PublicationIndex,
    WorkingGroupIndex,
)

STATUSES = {EventStatus.CANCELLED: "EventCancelled", EventStatus.POSTPONED: "EventPostponed"}

describes(Project, Edition, ProjectIndex, PublicationIndex, WorkingGroupIndex)(collection)


@describes(Event)
def event_data(event: Event, context: Data) -> Data:
    url = canonical(path_of(event))
    status = STATUSES.get(EventStatus(event.status), "EventScheduled")
    places = [place_data(context["place"])] if context.get("place") else []
    online = [{"@type": "VirtualLocation", "url": url}] if event.is_online else []
    mode = "Mixed" if places and online else "Online" if online else "Offline"
    return {
        "@type": "Event",
        "startDate": moment(event.starts),
        "endDate": moment(event.ends),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": [*places, *online],
        "organizer": organization(),
        "performer": people(context),
        **dict.fromkeys(("license", "datePublished", "dateModified", "isPartOf"), ""),
        "mainEntityOfPage": url,
    }


def place_data(place: Place) -> Data:
    return {
        "@type": "Place",
        "name": place.name,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": place.town,
            "addressRegion": place.get_voivodeship_display(),
            "addressCountry": "PL",
        },
    }


@describes(Publication)
def publication_data(publication: Publication, context: Data) -> Data:
    file = context.get("file")
    publisher = publication.publisher
    data = {
        "@type": "Book",
        "headline": publication.title,
        "isbn": publication.isbn,
        "datePublished": str(publication.year or ""),
        "inLanguage": publication.language.lower(),
        "mainEntityOfPage": canonical(path_of(publication)),
        **work(publication, context),
        "encoding": without_empty(
            {
                "@type": "MediaObject",
                "contentUrl": absolute(file.url),
                "encodingFormat": file.content_type,
            }
        )
        if file
        else {},
    }
    if publisher:
        data["publisher"] = {"@type": "Organization", "name": publisher}
    if publication.language == "OTHER":
        data["inLanguage"] = ""
    return data
