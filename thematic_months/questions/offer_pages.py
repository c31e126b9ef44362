"""Where a member offers a text, and sees what became of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms import typed_forms
from cms.portal import hub_page, members_only, to_log_in
from cms.sight import Sight
from cms.visibility import viewer_of
from thematic_months.models import OfferedText
from thematic_months.questions.offers import OfferForm, offer

TYPED = ("title", "lead", "text", "author_name")
SHOWN = 100


@typed_forms.keeps_typed
@hub_page
@require_http_methods(["GET", "HEAD", "POST"])
def offer_text(request: HttpRequest) -> HttpResponse:
    member = viewer_of(request).member
    if member is None:
        if request.method == "POST":
            typed_forms.keep(request, TYPED)
        return to_log_in(request)
    if request.method != "POST":
        kept = typed_forms.take(request)
        form = OfferForm(initial=kept or {"author_name": member.display_name})
        return show(request, form, is_kept=bool(kept))
    form = OfferForm(request.POST)
    if typed_forms.was_refused(request):
        return show(request, form, is_refused=True)
    if form.is_valid():
        try:
            _text, is_repeated = offer(member, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            note = (
                _("We have this text of yours already: its state is below.")
                if is_repeated
                else _("Thank you! We have your text. Below you see what happens to it.")
            )
            messages.success(request, note)
            return redirect(f"{reverse('own_texts')}?wyslane=1")
    return show(request, form, status=422)


def show(
    request: HttpRequest,
    form: OfferForm,
    *,
    status: int = 200,
    is_kept: bool = False,
    is_refused: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "is_kept": is_kept,
        "is_refused": is_refused,
        "seal": typed_forms.seal(request),
        "draft_key": f"tekst-{request.user.pk}",
    }
    return render(request, "thematic_months/questions/offer.html", context, status=status)


@hub_page
@members_only
@require_safe
def own_texts(request: HttpRequest) -> HttpResponse:
    sight = Sight(viewer_of(request))
    own = OfferedText.objects.filter(member=viewer_of(request).member)
    rows = list(own[:SHOWN])
    articles = sight.links(row.article_id for row in rows)
    texts = [
        {
            "text": row,
            "path": sight.path(articles[row.article_id]) if row.article_id in articles else "",
        }
        for row in rows
    ]
    sent = f"tekst-{request.user.pk}" if "wyslane" in request.GET else ""
    context = {"texts": texts, "sent_key": sent}
    return render(request, "thematic_months/questions/own_texts.html", context)


def urls() -> list[URLPattern]:
    return [
        path("moje-teksty/", own_texts, name="own_texts"),
        path("moje-teksty/nowy/", offer_text, name="offer_text"),
    ]
