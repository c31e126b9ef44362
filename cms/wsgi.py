import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
application = get_wsgi_application()

from cms import clock  # noqa: E402  (needs the apps)
from cms.api.schema import schema  # noqa: E402, F401  (the first request need not wait for it)

# A million objects live as long as the process: Python need not look through them for garbage again
# and again. And an answer makes tens of thousands, nearly none of them garbage before it is sent.
ALLOCATIONS_BETWEEN_COLLECTIONS = 50_000
gc.collect()
gc.freeze()
gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS, 10, 10)

clock.start_in_process()
