"""What each operation of graphql/operations costs in SQL: the same for a site and for one that is
ten times as large (anonymous, warm).
"""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.api.operations import operations
from cms.paths import path_of
from tests.contract.operations import send
from tests.contract.rich_content import TODAY, RichSite

SMALL, LARGE = 1, 10

# SQL statements of each operation; PageByPath for each kind of page. At most four of each are for
# the viewer, restrictions, settings and counts.
CEILINGS = {
    "ArchiveSearch": 29,
    "ArchiveSuggestions": 21,
    "ArticleDetail": 12,
    "ArticleList": 9,
    "Changes": 13,
    "AskQuestion": 2,
    "CurrentMonth": 9,
    "EventList": 8,
    "ExpertDetail": 23,
    "ExpertList": 8,
    "MonthDetail": 17,
    "MonthList": 9,
    "OwnQuestions": 0,
    "PageByPath ARTICLE": 12,
    "PageByPath EDITION": 14,
    "PageByPath EVENT": 13,
    "PageByPath EXPERT": 11,
    "PageByPath PROJECT": 16,
    "PageByPath PUBLICATION": 11,
    "PageByPath SERIES": 11,
    "PageByPath STANDARD_PAGE": 11,
    "PageByPath THEMATIC_MONTH": 11,
    "PageByPath WEBINAR": 12,
    "PageByPath WORKING_GROUP": 12,
    "PagePaths": 4,
    "PartnerList": 4,
    "PlaceList": 2,
    "ProjectDetail": 18,
    "ProjectList": 7,
    "PublicationList": 9,
    "QuestionList": 6,
    "SeriesDetail": 15,
    "SeriesList": 6,
    "SiteFrame": 6,
    "TopicDetail": 24,
    "TopicList": 2,
    "Viewer": 0,
    "WebinarDetail": 13,
    "WebinarList": 8,
    "WorkingGroupList": 9,
}


def requests(site: RichSite) -> dict[str, tuple[str, dict[str, Any]]]:
    """Operation and variables of each row of the table."""
    variables: dict[str, dict[str, Any]] = {
        "ArchiveSearch": {"query": "strona", "first": 100},
        "ArchiveSuggestions": {"prefix": "str"},
        "ArticleDetail": {"path": path_of(site.article)},
        "AskQuestion": {"input": {"month": "1", "text": "Od czego zacząć?"}},
        "CurrentMonth": {"series": "cykl"},
        "ExpertDetail": {"slug": f"ekspert-{site.size}"},
        "MonthDetail": {"series": "cykl", "year": TODAY.year, "month": TODAY.month},
        "ProjectDetail": {"slug": "projekt"},
        "SeriesDetail": {"slug": "cykl"},
        "TopicDetail": {"slug": site.topic.slug},
        "WebinarDetail": {"path": path_of(site.webinar)},
    }
    rows = {name: (name, variables.get(name, {})) for name in operations()}
    del rows["PageByPath"]
    for page in site.one_of_each_kind():
        rows[f"PageByPath {page.content_kind}"] = ("PageByPath", {"path": path_of(page)})
    return rows


def costs(site: RichSite) -> dict[str, int]:
    return {row: cost(*request) for row, request in requests(site).items()}


def cost(name: str, variables: dict[str, Any]) -> int:
    client = Client()
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = send(client, operations()[name].text, variables=variables).json()
        assert "errors" not in answer, (name, answer["errors"])
        assert None not in answer["data"].values() or name in {"Viewer", "OwnQuestions"}, name
    return len(captured)


# Of hits of some kinds more is asked, and which are among the first ones is the ranking's.
AT_MOST = {"ArchiveSuggestions"}


def test_operations_cost_the_same_on_a_site_ten_times_as_large(home):
    site = RichSite()
    site.grow(SMALL)
    small = costs(site)
    site.grow(LARGE - SMALL)
    large = costs(site)
    over = {row: (small[row], large[row]) for row in AT_MOST if large[row] > CEILINGS[row]}
    same = small.keys() - AT_MOST
    over |= {row: (small[row], large[row]) for row in same if large[row] > small[row]}
    assert over == {}
    assert {row: small[row] for row in same} == {row: CEILINGS[row] for row in same}
