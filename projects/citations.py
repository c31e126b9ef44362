"""Publications as works to cite."""

from typing import Any

from cms.citations import cited
from projects.models import Publication
from projects.models.publication import PublicationLanguage


@cited(Publication)
def publication_details(publication: Publication) -> dict[str, Any]:
    language = publication.language
    return {
        "publisher": publication.publisher,
        "year": publication.year,
        "isbn": publication.isbn,
        "language": "" if language == PublicationLanguage.OTHER else language.lower(),
    }
