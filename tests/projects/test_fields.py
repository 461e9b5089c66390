"""Names in addresses, and the Norwegian alphabet."""

import pytest
from django.db import connection

from projects.models import Owner, Project
from projects.models.fields import norwegian_key, norwegian_order, norwegian_slug
from tests.factories import OwnerFactory


class TestNorwegianSlug:
    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("Felles kommunal journal", "felles-kommunal-journal"),
            ("Én innbygger på Ås", "en-innbygger-pa-as"),
            ("Ærlig talt: Østre Toten", "aerlig-talt-ostre-toten"),
            ("Unjárgga gielda og Guovdageaidnu Đŋŧ", "unjargga-gielda-og-guovdageaidnu-dnt"),
        ],
    )
    def test_is_readable_to_a_norwegian(self, text, slug):
        assert norwegian_slug(text) == slug


class TestNorwegianOrder:
    def test_has_ae_o_and_aa_last_whatever_the_case(self, db):
        names = ["Alta", "bodø", "Én vei inn", "Fet", "Zulu", "Ærlig", "ødegård", "Aas", "Åsane"]
        for name in reversed(names):
            OwnerFactory(name=name)

        ordered = Owner.objects.order_by(norwegian_order("name"), "pk")

        assert [owner.name for owner in ordered] == names

    def test_has_the_letters_of_the_north_beside_ours_and_skips_quotation_marks(self, db):
        names = [
            *("Álaheadju", "Čáhcesuolu A", "Cáhcesuolu B", "Đ d a", "Dd b", "“Fet”", "Ład", "Lae"),
            *(
                "Ŋ n a",
                "N n b",
                "Œ a",
                "O b",
                "Šiellja",
                "'Sien'",
                "Ŧ a",
                "Tb",
                "Zulu",
                "«Zulu» to",
            ),
            *("Žz", "Ærlig", "Øy", "Ås"),
        ]
        for name in reversed(names):
            OwnerFactory(name=name)

        ordered = Owner.objects.order_by(norwegian_order("name"), "pk")

        assert [owner.name for owner in ordered] == names
        assert sorted(set(names), key=norwegian_key) == names

    def test_is_what_the_index_of_titles_is_in(self, db):
        """Or the overview would sort all projects to show the first of them."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = Project.objects.order_by(norwegian_order("title"), "id")[:1].explain()

        assert "projects_project_in_order" in plan
