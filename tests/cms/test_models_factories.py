import inspect

import pytest
from wagtail.models import get_page_models

from cms.models import HubPage
from home.models import HomePage
from tests import factories

made = [
    factory
    for _name, factory in inspect.getmembers(factories, inspect.isclass)
    if issubclass(factory, factories.HubFactory) and not factory._meta.abstract
]
page_factories = [factory for factory in made if issubclass(factory, factories.HubPageFactory)]


@pytest.mark.parametrize("factory", made, ids=lambda factory: factory.__name__)
def test_factory_makes_a_saved_object(db, factory):
    assert factory().pk


def test_every_page_type_but_home_has_a_factory():
    ours = {model for model in get_page_models() if issubclass(model, HubPage)}
    assert {factory._meta.model for factory in page_factories} == ours - {HomePage}
