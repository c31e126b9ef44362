from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import calendars, citations, feeds, preview_pages, serving_files, sitemaps
from cms.api.view import GraphQLEndpoint

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    *serving_files.urls(),
    path("documents/", include(wagtaildocs_urls)),
    path("graphql/", GraphQLEndpoint.as_view(), name="graphql"),
    *preview_pages.urls(),
    *calendars.urls(),
    *citations.urls(),
    *feeds.urls(),
    *sitemaps.urls(),
    path("", include(wagtail_urls)),
]
