"""Where editors share drafts: a page's links, and a report of all that work now."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.models import PreviewToken
from cms.preview import frontend_address, make_token
from cms.preview_pages import active_tokens, share_address

DEFAULT_DAYS = 7
CHOICES_OF_DAYS = (1, 3, 7, 14, 30)
# More links to one page nobody keeps in view.
MOST_LINKS = 20
LISTED = 50


def choices_of_days() -> list[tuple[int, str]]:
    most = settings.PREVIEW_MAX_DAYS
    days = sorted({min(each, most) for each in CHOICES_OF_DAYS})
    return [(each, ngettext("%d day", "%d days", each) % each) for each in days]


class ShareForm(forms.ModelForm):
    days = forms.TypedChoiceField(
        label=_("How long the link works"), coerce=int, choices=choices_of_days
    )
    with_descendants = forms.BooleanField(
        label=_("Also show the drafts below this page"),
        required=False,
        initial=True,
        help_text=_("Articles and webinars of the month that are not published yet, too."),
    )

    class Meta:
        model = PreviewToken
        fields = ("recipient", "days", "with_descendants")

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["days"].initial = min(DEFAULT_DAYS, settings.PREVIEW_MAX_DAYS)
        if not page.previewed_with_children:
            del self.fields["with_descendants"]

    def clean(self) -> dict[str, Any] | None:
        if active_tokens().filter(page=self.page).count() >= MOST_LINKS:
            raise ValidationError(
                gettext("This page has %d links that work. Revoke one of them first.") % MOST_LINKS
            )
        return super().clean()


def editable_page(request: HttpRequest, pk: int) -> Any:
    page = get_object_or_404(Page, pk=pk).specific
    if not page.permissions_for_user(request.user).can_edit() or page.is_root():
        raise PermissionDenied
    return page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share_draft(request: HttpRequest, page_id: int) -> HttpResponse:
    page = editable_page(request, page_id)
    form = ShareForm(request.POST or None, page=page)
    made: dict[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        token, secret = make_token(
            page,
            recipient=form.cleaned_data["recipient"],
            creator=request.user,
            days=form.cleaned_data["days"],
            with_descendants=form.cleaned_data.get("with_descendants", False),
        )
        # In this one answer: neither a message nor a redirect could carry the secret unstored.
        made = {"token": token, "url": share_address(secret)}
        if settings.PREVIEW_URL:
            made["frontend_url"] = frontend_address(page, secret)
        form = ShareForm(page=page)
    tokens = PreviewToken.objects.filter(page=page, content__isnull=True)
    items = get_breadcrumbs_items_for_page(page, request.user)
    context = {
        "page": page,
        "form": form,
        "made": made,
        "tokens": with_states(tokens.select_related("created_by")[:LISTED]),
        "header_title": gettext("Share the draft"),
        "breadcrumbs_items": [*items, {"url": "", "label": gettext("Share the draft")}],
        "header_icon": "link",
    }
    return render(request, "cms/admin/share_draft.html", context)


def with_states(tokens: QuerySet[PreviewToken]) -> list[PreviewToken]:
    """The tokens, each with its state in words and whether it can be revoked."""
    now = timezone.now()
    rows: list[Any] = list(tokens)
    for token in rows:
        token.works = token.is_usable(now)
        if token.works:
            token.state = gettext("works")
        elif token.revoked_at is not None:
            token.state = gettext("revoked")
        elif token.expires_at <= now:
            token.state = gettext("expired")
        else:
            token.state = gettext("its maker's account is switched off")
    return rows


@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    token = get_object_or_404(PreviewToken, pk=token_id, content__isnull=True)
    editable_page(request, token.page_id)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
    messages.success(
        request, gettext("The link for %(name)s no longer works.") % {"name": token.recipient}
    )
    if request.POST.get("from") == "report":
        return redirect("shared_drafts")
    return redirect("share_draft", token.page_id)


def editable_pages(user: Any) -> QuerySet[Page]:
    pages: QuerySet[Page] = policy_registry.get_by_type(Page).instances_user_has_permission_for(
        user, "change"
    )
    return pages


@require_safe
def shared_drafts(request: HttpRequest) -> HttpResponse:
    """Links that work, to the pages that this editor may edit."""
    pages = editable_pages(request.user)
    tokens = active_tokens().filter(page__in=pages.order_by().values("pk"))
    context = {
        "tokens": with_states(tokens.order_by("expires_at", "pk")[:LISTED]),
        "is_report": True,
        "header_title": gettext("Shared drafts"),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Dashboard")},
            {"url": "", "label": gettext("Shared drafts")},
        ],
        "header_icon": "link",
    }
    return render(request, "cms/admin/shared_drafts.html", context)


def urls() -> list[URLPattern]:
    return [
        path("pages/<int:page_id>/share-draft/", share_draft, name="share_draft"),
        path("shared-drafts/<int:token_id>/revoke/", revoke, name="revoke_preview"),
        path("reports/shared-drafts/", shared_drafts, name="shared_drafts"),
    ]
