"""The place of wagtail.users in INSTALLED_APPS: Wagtail takes its forms and lists of accounts from the app's configuration."""

from wagtail.users.apps import WagtailUsersAppConfig


class HubUsersConfig(WagtailUsersAppConfig):
    user_viewset = "members.viewsets.MemberViewSet"
