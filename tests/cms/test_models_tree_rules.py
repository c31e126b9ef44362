"""What may stand below what: section 2 of the design, by the names of the page types."""

import pytest
from django.apps import apps
from wagtail.models import get_page_models

from cms.models import HubPage

BELOW = {
    "HomePage": {
        "Series", "ArticleIndex", "ExpertIndex", "ProjectIndex", "PublicationIndex",
        "WorkingGroupIndex", "StandardPage",
    },
    "Series": {"ThematicMonth", "Article"},
    "ThematicMonth": {"Article", "Webinar"},
    "ArticleIndex": {"Article"},
    "ExpertIndex": {"Expert"},
    "ProjectIndex": {"Project"},
    "Project": {"Edition", "Event"},
    "Edition": {"Event"},
    "PublicationIndex": {"Publication"},
    "WorkingGroupIndex": {"WorkingGroup"},
    "StandardPage": {"StandardPage"},
}  # fmt: skip
ONCE = {
    "HomePage",
    "ArticleIndex",
    "ExpertIndex",
    "ProjectIndex",
    "PublicationIndex",
    "WorkingGroupIndex",
}
ours = [model for model in get_page_models() if issubclass(model, HubPage)]


@pytest.mark.parametrize("model", ours, ids=lambda model: model.__name__)
def test_only_what_the_design_names_may_stand_below(model):
    allowed = {child.__name__ for child in model.allowed_subpage_models()}
    assert allowed == BELOW.get(model.__name__, set())


def test_home_alone_stands_below_the_root():
    root = apps.get_model("wagtailcore", "Page")
    assert [model.__name__ for model in ours if root in model.allowed_parent_page_models()] == [
        "HomePage"
    ]


def test_indexes_and_home_exist_once():
    assert {model.__name__ for model in ours if model.max_count == 1} == ONCE


def test_migrations_made_home_and_its_indexes(home):
    children = [type(page).__name__ for page in home.get_children().specific()]
    assert sorted(children) == sorted(ONCE - {"HomePage"})
    assert home.get_site().is_default_site


def test_each_kind_has_a_name_of_its_own_in_upper_case():
    kinds = [model.content_kind for model in apps.get_models() if hasattr(model, "content_kind")]
    assert len(kinds) == len(set(kinds))
    assert all(kind == kind.upper() for kind in kinds)
