"""Names in addresses, and the Norwegian alphabet."""

import pytest

from projects.models import Owner
from projects.models.fields import norwegian_order, norwegian_slug
from tests.factories import OwnerFactory


class TestNorwegianSlug:
    @pytest.mark.parametrize(
        ("text", "slug"),
        [
            ("Felles kommunal journal", "felles-kommunal-journal"),
            ("Én innbygger på Ås", "en-innbygger-pa-as"),
            ("Ærlig talt: Østre Toten", "aerlig-talt-ostre-toten"),
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
