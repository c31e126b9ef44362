"""Single things as root fields, and pages by path."""

import re
from typing import Any, TypeVar

import graphene
from django.db.models import Model, QuerySet
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.api.errors import BadUserInput
from cms.api.selection import selected, without_unread
from cms.api.types import type_of
from cms.paths import url_path_of

P = TypeVar("P", bound=Page)

LARGEST_ID = 2**31 - 1


def page_at(path: str, pages: QuerySet[P]) -> P | None:
    """That of the pages at a path, whether or not anybody may see it: the guard judges."""
    url_path = url_path_of(path)
    if url_path is None:
        return None
    # first() would order by the tree's path; writing that takes longer than finding the page.
    return next(iter(pages.filter(url_path=url_path).order_by()[:1]), None)


def pk_of(identifier: str) -> int:
    """Raises BadUserInput for what is no identifier of the hub."""
    number = int(identifier) if re.fullmatch(r"[0-9]{1,10}", identifier) else LARGEST_ID + 1
    if number > LARGEST_ID:
        raise BadUserInput("`id` is not an identifier of the hub.")
    return number


def single(model: type[Model], description: str, *, slug: bool = False) -> graphene.Field:
    """A root field for one thing, by its id, by its path if it is a page, and by its slug if that
    is unique.
    """
    arguments = {"id": graphene.ID(description="Its identifier.")}
    if issubclass(model, Page):
        arguments["path"] = graphene.String(description="Its path below the site.")
    if slug:
        arguments["slug"] = graphene.String(description="Its slug.")

    def resolve(_root: None, info: GraphQLResolveInfo, **given: Any) -> Any:
        named = {name: value for name, value in given.items() if value is not None}
        if len(named) != 1:
            wanted = ", ".join(f"`{name}`" for name in sorted(arguments))
            raise BadUserInput(f"Give one of {wanted}.")
        things = without_unread(model._default_manager.all(), selected(info))
        [(name, value)] = named.items()
        if name == "path":
            return page_at(value, things)
        if name == "id":
            return things.filter(pk=pk_of(value)).first()
        return things.filter(slug=value).first()

    return graphene.Field(
        type_of(model),
        description=f"{description}; null when there is none to see.",
        resolver=resolve,
        **arguments,
    )
