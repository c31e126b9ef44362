"""Counts SQL: `DJANGO_SETTINGS_MODULE=… python count_sql.py < bodies`, in the folder of a project.

Reads one JSON request body a line and prints the number of queries of each, warm. A script that
needs Django alone, so that it runs in the hub's folder and in stock grapple's.
"""

import os
import sys

import django

sys.path.insert(0, os.getcwd())
django.setup()

from django.db import connection  # noqa: E402  (needs the apps)
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

client = Client(SERVER_NAME="127.0.0.1")
for line in sys.stdin:
    for _ in range(3):
        with CaptureQueriesContext(connection) as captured:
            answer = client.post("/graphql/", line.strip(), content_type="application/json")
    if answer.status_code != 200 or "errors" in answer.json():
        sys.exit(f"{answer.status_code}: {answer.content[:2000].decode()}")
    sys.stdout.write(f"{len(captured)}\n")
    if os.environ.get("SHOW_SQL"):
        for number, query in enumerate(captured.captured_queries, start=1):
            sys.stderr.write(f"{number}. {query['sql']}\n")
