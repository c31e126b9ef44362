from home.models.pages import HomePage, StandardPage
from home.models.partner import Partner, Partnership
from home.models.site import Menu, MenuItem, SiteSettings

__all__ = ["HomePage", "Menu", "MenuItem", "Partner", "Partnership", "SiteSettings", "StandardPage"]
