"""Articles as works to cite."""

from typing import Any

from cms.citations import SITE, cited
from thematic_months.models import Article


@cited(Article)
def article_details(article: Article) -> dict[str, Any]:
    # Without a year of its own: an article is dated by the day.
    return {"container": SITE, "date": article.published_on}
