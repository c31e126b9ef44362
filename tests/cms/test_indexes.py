"""What is asked in every request is answered by an index, so that it does not grow with the
archive.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from cms.api.pages import page_at
from cms.tree import TreeState
from thematic_months.models import ArticleIndex


def plan(captured: CaptureQueriesContext) -> str:
    sql = captured[0]["sql"].replace("%", "%%")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table of ten rows it would rather read as a whole.
            cursor.execute("SET LOCAL enable_seqscan = off")
        prefix = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{prefix} {sql}", ())
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.mark.parametrize("model", [Page, ArticleIndex])
def test_page_is_found_by_its_path_through_an_index(home, model, django_assert_num_queries):
    Site.get_site_root_paths()
    with django_assert_num_queries(1) as captured:
        assert page_at("/praktyka/", model.objects.all()).slug == "praktyka"
    assert "cms_page_url_path" in plan(captured)


def test_pages_that_hide_others_are_found_through_an_index(home, django_assert_num_queries):
    with django_assert_num_queries(1) as captured:
        assert TreeState(timezone.now()).closed.by_length == {}
    assert "cms_page_with_children" in plan(captured)
