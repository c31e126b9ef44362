from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import calendars, citations, feeds, following, preview_pages, serving_files, sitemaps
from cms.api.view import GraphQLEndpoint
from members import urls as members
from projects import event_pages
from search import archive_feed, archive_pages, document_pages, topic_pages
from thematic_months.questions import answer_pages, offer_pages
from thematic_months.questions import pages as question_pages

urlpatterns = [
    *members.urls(),
    path("admin/", include(wagtailadmin_urls)),
    *serving_files.urls(),
    path("documents/", include(wagtaildocs_urls)),
    path("graphql/", GraphQLEndpoint.as_view(), name="graphql"),
    *preview_pages.urls(),
    *event_pages.urls(),
    *topic_pages.urls(),
    *archive_pages.urls(),
    *document_pages.urls(),
    *archive_feed.urls(),
    *calendars.urls(),
    *citations.urls(),
    *feeds.urls(),
    *following.urls(),
    *sitemaps.urls(),
    *answer_pages.urls(),
    *offer_pages.urls(),
    *question_pages.urls(),
    path("", include(wagtail_urls)),
]
