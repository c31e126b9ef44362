"""The hub beside stock grapple, on the same content: docs/benchmarks.md.

`python -m tests.benchmarks` runs it; pytest collects nothing here.
"""

import os

# For the runner itself, which reads graphql/operations; both sides run on settings of their own.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
