from typing import Any

from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from cms import clock


class Command(WagtailCommand):
    help = "Publish and expire what is due, each object in a transaction of its own."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
        else:
            clock.publish_scheduled()
