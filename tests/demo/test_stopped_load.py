"""A load that is killed leaves the hub as it was, and the next one loads everything."""

import time

from tests.processes import evaluate, output, start

DEADLINE = 120
STATE = """
import json
from wagtail.models import Page
from cms.models import JournalEntry
from members.models import Member
problems = [list(each) for each in Page.find_problems()]
counts = [model.objects.count() for model in (Page, JournalEntry, Member)]
print(json.dumps([problems, *counts]))
"""


def test_killed_load_leaves_nothing_and_the_next_one_loads_all(new_database, tmp_path):
    url = new_database()
    arguments = (
        "load_demo",
        "--skip-renditions",
        "--accounts-file",
        str(tmp_path / "accounts.txt"),
    )
    # What follows a commit is left to a worker that is not there.
    alone = {"BACKGROUND_WORKER": "true"}
    before = evaluate(url, tmp_path, STATE)

    process = start(url, tmp_path, *arguments, **alone)
    end = time.monotonic() + DEADLINE
    while not list(tmp_path.glob("hub-media-*/original_images/*")):
        assert process.poll() is None, "It ended before it could be stopped."
        assert time.monotonic() < end, "It has loaded no picture in time."
        time.sleep(0.05)
    process.kill()
    process.wait()

    assert evaluate(url, tmp_path, STATE) == before
    assert "pages and" in output(url, tmp_path, *arguments, **alone)
    problems, pages, rows, members = evaluate(url, tmp_path, STATE)
    assert problems == [[], [], [], [], []]
    assert (pages > 250, rows > 400, members) == (True, True, 5)
