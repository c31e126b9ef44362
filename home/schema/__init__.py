from home.schema import routes, site, vocabulary


class Query(routes.Query, site.Query, vocabulary.Query):
    pass


__all__ = ["Query"]
