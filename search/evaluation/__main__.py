"""`python -m search.evaluation DOCS QUERIES`: loads the documents into the database and the search
server that the environment names, which are to be empty, and prints what was measured as JSON.

`manage.py evaluate_search` runs it on ones of its own.
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402  (after the setup)

from search.backends import backend_for  # noqa: E402
from search.evaluation import archive, files  # noqa: E402
from search.evaluation.report import report  # noqa: E402


def main(documents_path: Path, queries_path: Path) -> None:
    documents = files.read_documents(documents_path)
    queries = files.read_queries(queries_path)
    tell("making an empty archive (half a minute)")
    call_command("migrate", verbosity=0)
    tell(f"loading {len(documents)} documents")
    names = archive.load(documents)
    tell(f"asking {len(queries)} queries, with synonyms and without")
    result = report(queries, names, backend=backend_for().name, documents=len(documents))
    json.dump(result, sys.stdout, indent=2)
    sys.stdout.write("\n")


def tell(what: str) -> None:
    sys.stderr.write(f"evaluate_search: {what}\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
