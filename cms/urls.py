from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import preview_pages, serving_files
from cms.api.view import GraphQLEndpoint
from thematic_months.questions import answer_pages, offer_pages
from thematic_months.questions import pages as question_pages

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    *serving_files.urls(),
    path("documents/", include(wagtaildocs_urls)),
    path("graphql/", GraphQLEndpoint.as_view(), name="graphql"),
    *preview_pages.urls(),
    *answer_pages.urls(),
    *offer_pages.urls(),
    *question_pages.urls(),
    path("", include(wagtail_urls)),
]
