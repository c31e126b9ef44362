from thematic_months.schema import types  # noqa: F401  (it extends grapple's types)
from thematic_months.schema.query import Query

__all__ = ["Query"]
