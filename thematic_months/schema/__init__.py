from thematic_months.schema import people, types, webinars  # noqa: F401  (they extend grapple's types)
from thematic_months.schema.asking import Mutation
from thematic_months.schema.query import Query

__all__ = ["Mutation", "Query"]
