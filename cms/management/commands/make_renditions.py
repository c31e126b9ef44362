from typing import Any

from django.core.management.base import BaseCommand

from cms.images import make_renditions
from cms.models import HubImage


class Command(BaseCommand):
    help = "Make the sizes of pictures that are missing, as after a version that has a new one."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for image in HubImage.objects.order_by("pk").iterator():
            make_renditions(image)
            done += 1
        self.stdout.write(f"{done} pictures")
