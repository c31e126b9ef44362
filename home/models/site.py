"""What frontends need beside pages: the settings of the one site, and its menus."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable


@register_setting(icon="home", order=100)
class SiteSettings(BaseGenericSetting):
    content_kind = "SETTINGS"

    motto = models.CharField(
        _("motto"), max_length=200, blank=True, default="Dziel się wiedzą, mnóż pomysły!"
    )
    main_series = models.ForeignKey(
        "thematic_months.Series",
        verbose_name=_("main series"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The current month on the home page is a month of this series."),
    )
    network_url = models.URLField(_("address of the network"), max_length=500, blank=True)
    association_url = models.URLField(_("address of the association"), max_length=500, blank=True)
    facebook_url = models.URLField(_("Facebook"), max_length=500, blank=True)
    contact_email = models.EmailField(_("e-mail for readers"), blank=True)

    graphql_fields = [
        GraphQLString("motto", required=True, description="Motto of the network, or empty."),
        GraphQLString("network_url", required=True, description="Absolute URL, or empty."),
        GraphQLString("association_url", required=True, description="Absolute URL, or empty."),
        GraphQLString("facebook_url", required=True, description="Absolute URL, or empty."),
        GraphQLString(
            "contact_email", required=True, description="E-mail address for readers, or empty."
        ),
    ]
    panels = [
        FieldPanel("motto", help_text=_("Readers see it below the name of the network.")),
        PageChooserPanel("main_series"),
        MultiFieldPanel(
            [FieldPanel("network_url"), FieldPanel("association_url"), FieldPanel("facebook_url")],
            _("Links"),
        ),
        FieldPanel(
            "contact_email",
            help_text=_(
                "Readers see it, and so do robots that send spam: use one of the network's own."
            ),
        ),
    ]

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Menu(ClusterableModel):
    content_kind = "MENU"

    key = models.SlugField(
        _("key"),
        unique=True,
        max_length=50,
        help_text=_("The name by which frontends ask for it, for example: main."),
    )
    title = models.CharField(_("title"), max_length=100)

    graphql_fields = [
        GraphQLString("key", required=True, description="Unique, stable name, for example main."),
        GraphQLString("title", required=True, description="Title for readers and screen readers."),
    ]
    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("key")]),
        InlinePanel(
            "items",
            heading=_("Items"),
            label=_("item"),
            max_num=30,
            help_text=_(
                "Readers see them in this order. An item whose page they may not see is left out."
            ),
        ),
    ]

    class Meta:
        ordering = ["key"]
        verbose_name = _("menu")
        verbose_name_plural = _("menus")

    def __str__(self) -> str:
        return self.title


def check_menu_address(address: str) -> None:
    """What a link may lead to that is no page: an absolute URL, or a path below the hub."""
    if address.startswith("/") and not address.startswith("//") and not set(address) & set("\\ \t"):
        return
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        message = _("Write a whole address, https://…, or one of the hub that begins with a slash.")
        raise ValidationError(message) from error


class MenuItem(Orderable):
    menu = ParentalKey(Menu, on_delete=models.CASCADE, related_name="items")
    label = models.CharField(
        _("label"), max_length=100, blank=True, help_text=_("Leave empty to show the page's title.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    url = models.CharField(
        _("or an address"),
        max_length=500,
        blank=True,
        validators=[check_menu_address],
        help_text=_(
            "Outside the hub, or of a list of the hub: /archiwum/, /tematy/, /wydarzenia/."
        ),
    )

    panels = [FieldPanel("label"), FieldRowPanel([PageChooserPanel("page"), FieldPanel("url")])]

    class Meta(Orderable.Meta):
        verbose_name = _("menu item")
        verbose_name_plural = _("menu items")

    def __str__(self) -> str:
        return self.label or str(self.page)

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.url):
            raise ValidationError(_("Choose a page or write an address: one of the two."))
        if self.url and not self.label:
            raise ValidationError(
                {"label": _("Write a label: an address has no title of its own.")}
            )
