"""GraphQL: what may be asked, by whom, and for how long answers are kept."""

from cms.settings.environment import env

GRAPHENE = {"SCHEMA": "cms.api.schema.schema", "SCHEMA_OUTPUT": "graphql/schema.graphql"}
GRAPPLE = {
    "APPS": ["cms", "home", "thematic_months", "projects"],
    "PAGE_INTERFACE": "cms.api.interfaces.PageInterface",
    "ALLOWED_IMAGE_FILTERS": [],
    "EXPOSE_GRAPHIQL": False,
}

# The page to try queries on, at the endpoint's own address.
GRAPHIQL: bool = env.bool("GRAPHIQL", default=True)

# What one operation may ask for (graphql/README.md), the time that its SQL may take, and how long
# caches keep an answer to GET.
GRAPHQL_LIMITS: dict[str, int] = {
    name: env.int(f"GRAPHQL_MAX_{name}", default=default)
    for name, default in {
        "BYTES": 20_000,
        "TOKENS": 1_500,
        "DIRECTIVES": 30,
        "DEPTH": 16,
        "ROOT_FIELDS": 10,
        "ALIASES": 60,
        "FIELDS": 3_000,
        "COST": 20_000,
    }.items()
}
GRAPHQL_TIMEOUT_MS: int = env.int("GRAPHQL_TIMEOUT_MS", default=5_000)
GRAPHQL_CACHE_SECONDS: int = env.int("GRAPHQL_CACHE_SECONDS", default=60)
# Only the operations of graphql/operations, and no introspection.
GRAPHQL_TRUSTED_ONLY: bool = env.bool("GRAPHQL_TRUSTED_ONLY", default=False)

# Frontends on other origins that may ask in a browser: none unless they are named.
CORS_ALLOWED_ORIGINS: list[str] = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_ALLOW_ALL_ORIGINS = CORS_ALLOWED_ORIGINS == ["*"]
if CORS_ALLOW_ALL_ORIGINS:
    CORS_ALLOWED_ORIGINS = []
CORS_ALLOW_CREDENTIALS: bool = env.bool("CORS_ALLOW_CREDENTIALS", default=False)
CORS_ALLOW_METHODS = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"]
CORS_ALLOW_HEADERS = [
    "accept",
    "authorization",
    "content-type",
    "preview-token",
    "x-csrftoken",
    "x-email-verification-key",
    "x-password-reset-key",
    "x-session-token",
]
CORS_URLS_REGEX = r"^/(graphql/$|_allauth/)"
