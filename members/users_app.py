"""Stands for wagtail.users in INSTALLED_APPS: Wagtail looks here for the management of accounts."""

from wagtail.users.apps import WagtailUsersAppConfig


class HubUsersConfig(WagtailUsersAppConfig):
    user_viewset = "members.viewsets.MemberViewSet"
