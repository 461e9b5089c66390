"""Base of every form: dates as people type them, and what two people change at once."""

import datetime

import pytest
from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from pytest_django.asserts import assertContains

from fkj_portfolio.forms import (
    CharField,
    DateField,
    DayField,
    MergingModelForm,
    TextareaField,
    URLField,
)
from projects.models import Contact
from tests.factories import ContactFactory, OwnerFactory, UserFactory


class TestDateField:
    @pytest.mark.parametrize(
        "typed",
        [
            "01.03.2023",
            "1.3.2023",
            "1.3.23",
            "2023-03-01",
            " 1. 3. 2023 ",
            "01.03.2023.",
        ],
    )
    def test_understands_how_people_write(self, typed):
        assert DateField().clean(typed) == datetime.date(2023, 3, 1)

    @pytest.mark.parametrize("typed", ["31.02.2023", "i morgen", "03/01/2023", "1.3", "1.13.2023"])
    def test_refuses_what_is_no_date(self, typed):
        with pytest.raises(forms.ValidationError, match=r"dd\.mm\.åååå"):
            DateField().clean(typed)


class TestDayField:
    @pytest.mark.parametrize("typed", ["01.01.0001", "31.12.1999", "01.01.2101"])
    def test_refuses_a_year_that_no_portfolio_is_about(self, typed):
        with pytest.raises(forms.ValidationError, match="mellom 2000 og 2100"):
            DayField().clean(typed)


class TestVisibleText:
    @pytest.mark.parametrize("typed", ["\u200b", " \u202e ", "\u2800", "\u3164", "\u00ad", "\x07"])
    @pytest.mark.parametrize("field", [CharField, TextareaField])
    def test_is_empty_when_nothing_is_seen(self, field, typed):
        with pytest.raises(forms.ValidationError):
            field().clean(typed)
        assert field(required=False).clean(typed) == ""

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("\u200b Ås \ufeff", "Ås"),
            ("ja\u202eien\u202c", "jaien"),
            ("bryt\u00adning", "bryt\u00adning"),
            ("👩\u200d🔧 ❤\ufe0f", "👩\u200d🔧 ❤\ufe0f"),
            ("en\x0bto\x07", "en\nto"),
            ("én\r\n\tto", "én\n    to"),
            ("én\rto\u2028tre\x85fire\u2029fem\x0cseks", "én\nto\ntre\nfire\nfem\nseks"),
            ("én\tto", "én to"),
            ("A\u030as\ufffe", "Ås"),
        ],
    )
    def test_loses_only_what_is_not_seen(self, typed, kept):
        assert TextareaField().clean(typed) == kept


class TestURLField:
    def test_is_an_address_of_the_web(self):
        assert URLField().clean("ks.no") == "https://ks.no"
        with pytest.raises(forms.ValidationError):
            URLField().clean("ftp://ks.no")


class TestAPostOfNothing:
    @pytest.mark.parametrize(
        "url",
        [
            "/nytt-prosjekt/",
            "/eiere/ny/",
            "/kontakter/ny/",
            "/prosjekter/fkj/rediger/",
            "/prosjekter/fkj/status/",
            "/eiere/{owner}/rediger/",
            "/kontakter/{contact}/rediger/",
        ],
    )
    def test_says_what_is_missing(self, client, project, url):
        contact = ContactFactory(owner=project.owner)
        client.force_login(UserFactory(is_superuser=True))
        url = url.format(owner=project.owner.pk, contact=contact.pk)

        response = client.post(url, b"", content_type="text/plain")

        assertContains(response, "ds-error-summary")


class ContactForm(MergingModelForm):
    class Meta:
        model = Contact
        fields = ("name", "phone", "owner", "in_use")


def opened(contact):
    """Return what the browser sends back of a form that nothing was typed in."""
    form = ContactForm(instance=Contact.objects.get(pk=contact.pk))
    data = {}
    for field in form:
        value = field.field.prepare_value(field.value())
        data[field.html_name] = data[field.html_initial_name] = "" if value is None else str(value)
    return data


def posted(data, contact):
    """The form as the view makes it, from what the browser sent and what is saved now."""
    contact.refresh_from_db()
    return ContactForm(QueryDict(urlencode(data)), instance=contact)


@pytest.fixture
def contact(db):
    return ContactFactory(name="Håkon Grimstad", phone="12345678")


class TestMergingModelForm:
    def test_saves_what_one_person_changed(self, contact):
        form = posted(opened(contact) | {"name": "Håkon Berg"}, contact)

        form.save()

        contact.refresh_from_db()
        assert contact.name == "Håkon Berg"

    def test_merges_changes_to_different_fields(self, contact):
        mine = opened(contact) | {"phone": "87654321"}
        Contact.objects.update(name="Håkon Berg", in_use=False)

        form = posted(mine, contact)
        form.save()

        contact.refresh_from_db()
        assert (contact.name, contact.phone, contact.in_use) == (
            "Håkon Berg",
            "87654321",
            False,
        )

    def test_shows_a_merged_field_as_it_is_saved_when_another_is_refused(self, contact):
        mine = opened(contact) | {"name": ""}
        Contact.objects.update(phone="87654321", in_use=False)

        form = posted(mine, contact)

        assert not form.is_valid()
        assert form["phone"].value() == "87654321"
        assert form["in_use"].value() is False

    def test_shows_both_when_two_changed_the_same_field(self, contact):
        mine = opened(contact) | {"name": "Håkon Lie"}
        Contact.objects.update(name="Håkon Berg")

        form = posted(mine, contact)

        assert not form.is_valid()
        (conflict,) = form.conflicts
        assert (conflict.mine, conflict.theirs) == ("Håkon Lie", "Håkon Berg")
        assert form["name"].value() == "Håkon Lie"

    @pytest.mark.parametrize(("choice", "name"), [("mine", "Håkon Lie"), ("theirs", "Håkon Berg")])
    def test_saves_the_choice_that_was_made(self, contact, choice, name):
        mine = opened(contact) | {"name": "Håkon Lie"}
        Contact.objects.update(name="Håkon Berg")
        refused = posted(mine, contact)
        refused.is_valid()
        again = {key: refused.data[key] for key in refused.data}

        form = posted(again | {"choose-name": choice}, contact)
        form.save()

        contact.refresh_from_db()
        assert contact.name == name

    def test_asks_again_when_a_third_person_comes_between(self, contact):
        mine = opened(contact) | {"name": "Håkon Lie"}
        Contact.objects.update(name="Håkon Berg")
        refused = posted(mine, contact)
        refused.is_valid()
        again = {key: refused.data[key] for key in refused.data} | {"choose-name": "mine"}
        Contact.objects.update(name="Håkon Dahl")

        form = posted(again, contact)

        assert not form.is_valid()
        assert form.conflicts[0].theirs == "Håkon Dahl"

    def test_is_content_when_both_wrote_the_same(self, contact):
        owner = OwnerFactory()
        mine = opened(contact) | {"owner": str(owner.pk)}
        Contact.objects.update(owner=owner)

        assert posted(mine, contact).is_valid()

    def test_names_the_conflict_as_the_form_does(self, contact):
        mine = opened(contact) | {"owner": str(OwnerFactory(name="KS").pk)}
        Contact.objects.update(owner=OwnerFactory(name="Digdir"))

        form = posted(mine, contact)
        form.is_valid()

        assert (form.conflicts[0].mine, form.conflicts[0].theirs) == ("KS", "Digdir")
