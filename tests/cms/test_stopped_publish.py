"""A process that is killed while it publishes leaves a consistent hub behind."""

from tests.processes import evaluate, start

MAKE_DRAFT = """
import json
from django.db import transaction
from thematic_months.models import Article, ArticleIndex
with transaction.atomic():
    body = [("text", "<p>Wypożyczalnia</p>")]
    draft = Article(title="Szkic", slug="szkic", live=False, body=body)
    ArticleIndex.objects.get().add_child(instance=draft)
    draft.save_revision()
print(json.dumps(draft.pk))
"""
PUBLISH = """
from django.db import transaction
from thematic_months.models import Article
from cms import journal
{before}
with transaction.atomic():
    Article.objects.get().latest_revision.publish()
    {inside}
{after}
"""
# The process says where it is, and waits there to be killed.
STOP = 'print("here", flush=True) or input()'
STATE = """
import json
from cms.models import JournalEntry
from search.models import ArchiveEntry
from thematic_months.models import Article
print(json.dumps([
    Article.objects.get().live,
    list(JournalEntry.objects.filter(kind="ARTICLE").values_list("change", flat=True)),
    list(ArchiveEntry.objects.filter(kind="ARTICLE").values_list("title", flat=True)),
]))
"""
TICK = "from cms import clock; clock.tick(); print(1)"


def publish_and_kill(url, folder, **parts):
    code = PUBLISH.format(**{"before": "", "inside": "pass", "after": "", **parts})
    process = start(url, folder, "shell", "--no-imports", "-c", code)
    assert process.stdout.readline() == "here\n"
    process.kill()
    process.wait()


def test_killed_before_the_commit_nothing_is_published_and_it_can_be_done_again(
    new_database, tmp_path
):
    url = new_database()
    evaluate(url, tmp_path, MAKE_DRAFT)
    publish_and_kill(url, tmp_path, inside=STOP)
    assert evaluate(url, tmp_path, STATE) == [False, [], []]
    done = PUBLISH.format(before="", inside="pass", after="print(1)")
    assert evaluate(url, tmp_path, done) == 1
    assert evaluate(url, tmp_path, STATE) == [True, ["PUBLISHED"], ["Szkic"]]


def test_killed_after_the_commit_the_archive_gets_it_at_the_next_tick(new_database, tmp_path):
    url = new_database()
    evaluate(url, tmp_path, MAKE_DRAFT)
    # Nothing is delivered: the process dies between its commit and what follows it.
    publish_and_kill(url, tmp_path, before=f"journal.number_committed = lambda: ({STOP})")
    assert evaluate(url, tmp_path, STATE) == [True, ["PUBLISHED"], []]
    assert evaluate(url, tmp_path, TICK) == 1
    assert evaluate(url, tmp_path, STATE) == [True, ["PUBLISHED"], ["Szkic"]]
