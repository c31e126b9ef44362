from projects.schema import types  # noqa: F401  (it extends grapple's types)
from projects.schema.query import Query

__all__ = ["Query"]
