"""The log of everything, as sentences."""

import pghistory
import pytest
from django.contrib.auth.models import Group
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from projects.models import (
    Owner,
    PortfolioSettings,
)
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    SegmentFactory,
    StrategicGoalFactory,
    UserFactory,
)
from tests.history.pages.log import URL, told

pytestmark = pytest.mark.django_db


class TestHistory:
    def test_tells_of_owners_and_contacts(self, reading, by):
        owner = OwnerFactory(name="KS")
        contact = ContactFactory(owner=owner, name="Håkon Grimstad", email="hakon@example.no")
        with by():
            Owner.objects.filter(pk=owner.pk).update(name="Kommunesektoren", in_use=False)
        with by():
            contact.email_is_public = True
            contact.save()
        with by():
            contact.phone, contact.email, contact.email_is_public = "12345678", "", False
            contact.save()
        with by():
            contact.in_use = False
            contact.save()
        with by():
            contact.delete()

        sentences = told(reading.get(URL))

        for expected in (
            "endret navn fra «KS» til «Kommunesektoren»",
            "tok Kommunesektoren ut av bruk",
            "gjorde e-postadressen til Håkon Grimstad synlig for alle",
            "skjulte e-postadressen til Håkon Grimstad for andre enn ansatte",
            "fjernet e-post, som var «hakon@example.no»",
            "satte telefon til «12345678»",
            "tok kontaktpersonen Håkon Grimstad ut av bruk",
            "slettet kontaktpersonen Håkon Grimstad",
        ):
            assert f"Leder Larsen {expected}" in sentences

    def test_tells_of_users_and_roles(self, reading, by):
        user, group = UserFactory(name="Per"), Group.objects.create(name="Porteføljekontor")
        with by():
            user.groups.add(group)
        with by():
            user.groups.remove(group)
        with by():
            User.objects.filter(pk=user.pk).update(is_active=False)
        with by():
            User.objects.filter(pk=user.pk).update(is_superuser=True, is_active=True)

        response = reading.get(URL, {"slag": "rolle"})

        for expected in (
            "ga Per rollen Porteføljekontor",
            "fratok Per rollen Porteføljekontor",
            "stengte innloggingen for Per",
            "lot Per logge inn igjen",
            "ga Per alle rettigheter",
        ):
            assert f"Leder Larsen {expected}" in told(response)
        assert "Systemet opprettet brukeren Per" in told(response)

    def test_says_so_when_a_role_has_been_deleted(self, reading):
        group = Group.objects.create(name="Porteføljekontor")
        UserFactory(name="Per").groups.add(group)
        group.delete()

        assert "Systemet ga Per rollen en rolle som er slettet" in told(reading.get(URL))

    def test_tells_of_vocabularies_and_settings(self, reading, by):
        segment = SegmentFactory(name="Samstyre")
        rules = PortfolioSettings.objects.create()
        StrategicGoalFactory(number=1, name="Medvirkning")
        with by():
            segment.name = "Styre sammen"
            segment.save()
        with by():
            rules.signal_is_public, rules.report_interval_days = True, 90
            rules.save()

        sentences = told(reading.get(URL, {"slag": "oppsett"}))

        for expected in (
            "Leder Larsen endret navn fra «Samstyre» til «Styre sammen»",
            "Leder Larsen gjorde signalet synlig for alle",
            "Leder Larsen endret dager mellom rapporter fra 120 til 90",
            "Systemet la til segmentet Samstyre",
            "Systemet la til strategimålet «Medvirkning»",
            "Systemet satte reglene for porteføljen",
        ):
            assert expected in sentences

    def test_keeps_a_project_that_was_deleted(self, reading, by):
        project = ProjectFactory(title="Borte", slug="borte")
        MilestoneFactory(project=project, code="MP1", title="Alt")
        with by():
            project.delete()

        response = reading.get(URL, {"prosjekt": "borte"})

        assert "Leder Larsen slettet prosjektet" in told(response)
        assert "Leder Larsen slettet leveransen MP1 - Alt" in told(response)
        assertContains(response, "Borte (slettet)")
        assertNotContains(response, 'href="/prosjekter/borte/"')

    def test_keeps_a_user_that_was_deleted(self, reading, project):
        user = UserFactory(name="Borte Bakke")
        pk = user.pk
        with pghistory.context(user=pk):
            project.unpublish()
            user.delete()

        response = reading.get(URL, {"person": pk, "felt": "publisering"})

        assert told(response) == ["Borte Bakke avpubliserte prosjektet"]

    def test_links_each_entry_to_its_thing(self, reading, project):
        contact = ContactFactory(name="Kari")

        response = reading.get(URL)

        assertContains(
            response, '<a href="/prosjekter/fkj/">Felles kommunal journal</a>', html=True
        )
        assertContains(response, f'<a href="/kontakter/{contact.pk}/">Kari</a>', html=True)

    def test_has_the_newest_first(self, reading, story):
        ProjectFactory(title="Av i dag")

        stories = reading.get(URL).context["stories"]

        times = [each.entry.key.true_from for each in stories]
        assert times == sorted(times, reverse=True)
        assert times[0].year > 2023
