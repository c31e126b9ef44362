from home.schema import paths, routes, site, vocabulary


class Query(paths.Query, routes.Query, site.Query, vocabulary.Query):
    pass


__all__ = ["Query"]
