"""Fill the vocabularies of a new site; what administrators have changed since is left alone."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from projects.models import Segment, Strategy

#: The strategy 2023–2030 and its goals, as the project pages name them.
STRATEGY = "Strategi 2023–2030"
GOALS = [
    "Aktiv medvirkning i egen og næres helse",
    "Enklere arbeidshverdag",
    "Helsedata til fornying og forbedring",
    "Tilgjengelig informasjon og styrket samhandling",
    "Samarbeid og virkemidler som styrker gjennomføringskraft",
]
SEGMENTS = ["Samstyre", "Koordinere", "Observere"]


class Command(BaseCommand):
    help = "Make the strategy with its five goals, and the three segments, where there are none."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not Strategy.objects.exists():
            strategy = Strategy.objects.create(
                name=STRATEGY,
                starts_on=datetime.date(2023, 1, 1),
                ends_on=datetime.date(2030, 12, 31),
            )
            for number, name in enumerate(GOALS, start=1):
                strategy.goals.create(number=number, name=name)
        if not Segment.objects.exists():
            for name in SEGMENTS:
                Segment.objects.named(name)
