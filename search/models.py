"""The archive's own tables: what can be found, by whom, and the words in it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index


class Face(models.TextChoices):
    """Whom an entry is for. What members alone may read has two entries, one for each kind of
    viewer."""

    EVERYONE = "everyone", "everyone"
    ANONYMOUS = "anonymous", "anonymous"
    MEMBER = "member", "member"


class AccessClass(models.Model):
    """Entries that the same viewers may find, at the same times.

    There are few: the number of faces, times that of restrictions, times that of coming expiries,
    and for documents times that of collections. So a viewer's classes are computed in memory, and
    every backend and the vocabulary filter by a plain number.
    """

    # Canonical text of all the others, since a unique constraint takes nulls for different.
    key = models.CharField(max_length=255, unique=True)
    face = models.CharField(max_length=10, choices=Face.choices)
    restrictions = models.JSONField(default=list)
    visible_until = models.DateTimeField(null=True)
    # Of a document, whose collection must be open too. Whether it is, is asked at each search.
    collection_id = models.IntegerField(null=True)
    # Other ways to the same document, each a face, restrictions and a moment: whom one of them lets
    # in finds it there, and not here a second time.
    unless = models.JSONField(default=list)
    # Another random number after each change of its words, so that what is cached of them is known
    # to be old. A counter would come to the same number again after a transaction that was rolled
    # back.
    revision = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.key


class ArchiveEntry(models.Model):
    """One thing as one kind of viewer may find it. Its texts are kept to show passages of, and to
    index without the thing."""

    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    access = models.ForeignKey(AccessClass, on_delete=models.CASCADE, related_name="entries")
    face = models.CharField(max_length=10, choices=Face.choices)
    # Of a document, one entry for each way to it that different viewers may have.
    way = models.PositiveSmallIntegerField(default=0)
    # Of a document, the page that holds it and is shown with it.
    holder_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=255)
    path = models.TextField()
    date = models.DateField()
    # Sorts as a Polish dictionary does, in any database.
    title_key = models.CharField(max_length=200)
    series_id = models.BigIntegerField(null=True)
    # Of all that is indexed, so that what did not change is not indexed again.
    digest = models.CharField(max_length=64)
    analyser = models.CharField(max_length=100)
    # The long texts last, in the table too: SQLite reads through what is before a column, and
    # ranking needs only the columns above.
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    # Titles of topics, of what it stands below, people and places.
    topics_text = models.TextField(blank=True)
    # Of a PDF, where in the body each of its pages begins.
    page_starts = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "face", "way"], name="search_one_entry_a_way"
            )
        ]
        indexes = [
            models.Index(fields=["date", "id"], name="search_by_date"),
            models.Index(fields=["title_key", "id"], name="search_by_title"),
            models.Index(fields=["kind", "date"], name="search_by_kind"),
            models.Index(fields=["analyser"], name="search_by_analyser"),
            # All that a search needs of each entry it finds (search/backends/sql.py).
            models.Index(
                fields=["id", "access", "kind", "series_id", "date"], name="search_entry_scope"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} ({self.face}): {self.title}"

    @property
    def text(self) -> str:
        """What the index calls the body."""
        return "\n".join(part for part in (self.lead, self.body) if part)


class EntryReference(models.Model):
    """A thing whose name an entry contains: it is indexed anew when that thing changes.

    Without foreign keys to the things, because a deleted topic must still lead to what it was on.
    """

    entry = models.ForeignKey(ArchiveEntry, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    # Of a topic, for the filter; else empty.
    slug = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "object_id"], name="search_reference_thing"),
            models.Index(fields=["kind", "slug"], name="search_reference_slug"),
            # Facets count from the index alone.
            models.Index(
                fields=["entry", "kind", "slug", "object_id"], name="search_reference_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.kind} {self.object_id}"


class VocabularyWord(models.Model):
    """A form with one of its base forms, and in how many entries of an access class it is.

    A base form is itself a form too, so that its row says in how many entries any of its forms is.
    """

    access = models.ForeignKey(
        AccessClass, on_delete=models.CASCADE, related_name="words", db_index=False
    )
    form = models.CharField(max_length=80)
    folded = models.CharField(max_length=80)
    lemma = models.CharField(max_length=80)
    documents = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["access", "form", "lemma"], name="search_word_is_unique"
            )
        ]
        indexes = [
            # With the class, and none for the class alone: SQLite would read all of its words.
            models.Index(fields=["folded", "access"], name="search_word_folded"),
            models.Index(fields=["lemma", "access"], name="search_word_lemma"),
        ]

    def __str__(self) -> str:
        return f"{self.form} ({self.lemma}): {self.documents}"


class SearchServerChange(models.Model):
    """An entry that the search server does not have yet as it is here, or still has though it is
    gone."""

    entry_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"entry {self.entry_id}"


class SearchedText(models.Model):
    """How often a text was looked for in a month, and how often in vain (search/search_log.py)."""

    # The first day.
    month = models.DateField()
    # Of the text, with a key; the text itself stays empty until it was looked for often enough.
    fingerprint = models.CharField(max_length=64)
    text = models.CharField(max_length=80, blank=True)
    searches = models.PositiveIntegerField(default=0)
    found_nothing = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "fingerprint"], name="search_text_once_a_month"
            )
        ]
        default_permissions = ["view"]
        verbose_name = _("searched text")
        verbose_name_plural = _("searched texts")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.searches}"


# A phrase of more words is never met in a query.
LONGEST_SYNONYM = 6


def check_synonym_line(line: str) -> None:
    sides = [side.split(",") for side in line.split("=>")]
    words = [[word.strip() for word in side] for side in sides]
    enough = len(words[0]) >= 2 if len(words) == 1 else len(words) == 2
    if not enough or not all(all(side) for side in words):
        raise ValidationError(
            _("Write words with commas between them, or one side, an arrow => and the other side.")
        )
    phrases = [phrase for side in words for phrase in side]
    if not all(any(letter.isalnum() for letter in phrase) for phrase in phrases):
        raise ValidationError(_("Each of them needs a letter or a digit."))
    if len({phrase.lower() for phrase in phrases}) < len(phrases):
        raise ValidationError(_("The same is written twice."))
    if any(len(phrase.split()) > LONGEST_SYNONYM for phrase in phrases):
        raise ValidationError(
            _("Each of them can have at most %(words)d words."), params={"words": LONGEST_SYNONYM}
        )


class Synonym(index.Indexed, models.Model):
    """A line of words that mean the same to librarians. It works from the next search on."""

    words = models.CharField(
        _("words"),
        max_length=500,
        unique=True,
        validators=[check_synonym_line],
        help_text=_(
            "“senior, older person” finds either for either; “FB => Facebook” finds Facebook "
            "for FB, not the reverse. Base forms are enough."
        ),
    )

    panels = [FieldPanel("words")]
    search_fields = [index.SearchField("words"), index.AutocompleteField("words")]

    class Meta:
        ordering = ["words"]
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.words
