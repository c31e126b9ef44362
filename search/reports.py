"""What readers looked for, for editors: by month, and what was looked for in vain first."""

import datetime

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from search.models import SearchedText

PERMISSION = "search.view_searchedtext"
LISTED = 100


@require_safe
@permission_required(PERMISSION, login_url="wagtailadmin_login")
def searches(request: HttpRequest) -> HttpResponse:
    rows = SearchedText.objects.exclude(text="")
    months = list(rows.order_by("-month").values_list("month", flat=True).distinct())
    month = chosen(request.GET.get("month", ""), months)
    of_month = rows.filter(month=month) if month else rows.none()
    title = gettext("What was searched")
    context = {
        "months": months,
        "month": month,
        "most": most(of_month, "searches"),
        "in_vain": most(of_month.filter(found_nothing__gt=0), "found_nothing"),
        "header_title": title,
        "header_icon": "search",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Dashboard")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "search/admin/searches.html", context)


def most(rows: "QuerySet[SearchedText]", column: str) -> list[SearchedText]:
    return list(rows.order_by(f"-{column}", "text")[:LISTED])


def chosen(text: str, months: list[datetime.date]) -> datetime.date | None:
    """The month of the address; the latest when there is no such."""
    return next((month for month in months if f"{month:%Y-%m}" == text), next(iter(months), None))
