"""Forms that are sent again later, and what is kept of them."""

import re
import time

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import SentForm, SentFormManager
from fkj_portfolio.form_keys import FORM_KEY
from milestones.models import Milestone
from projects.models import (
    Contact,
)
from tests.accounts.send_once.clicks import told
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    ProjectFactory,
)
from tests.sending import fill_in


@pytest.mark.django_db
class TestSendingAgain:
    @pytest.fixture
    def new_delivery(self, browser, project) -> tuple[str, dict]:
        page = reverse("milestones:milestone_create", args=[project.slug])
        return fill_in(browser, page, title="Uten kode")

    def send(self, browser, new_delivery, **changes):
        url, form = new_delivery
        return browser.post(url, form | changes)

    def test_leads_to_what_was_made(self, browser, new_delivery):
        first = self.send(browser, new_delivery)

        again = self.send(browser, new_delivery, csrfmiddlewaretoken="another")

        assert again.url == first.url == Milestone.objects.get().get_absolute_url()

    def test_later_says_that_it_was_sent_before(self, browser, new_delivery):
        first = self.send(browser, new_delivery)
        SentForm.objects.update(sent_at=timezone.now() - SentForm.AT_ONCE)

        again = self.send(browser, new_delivery)

        assert again.url == first.url
        assert told(again)[-1].startswith("Dette skjemaet er sendt før, så ingenting ble gjort nå.")
        assert Milestone.objects.count() == 1

    def test_later_in_place_reads_the_page_anew(self, browser, new_delivery):
        url, form = new_delivery
        headers = {"hx-request": "true"}
        browser.post(url, form, headers=headers)
        SentForm.objects.update(sent_at=timezone.now() - SentForm.AT_ONCE)

        again = browser.post(url, form, headers=headers)

        assert again.headers["HX-Refresh"] == "true"

    def test_with_other_words_is_another_form(self, browser, new_delivery):
        self.send(browser, new_delivery)

        self.send(browser, new_delivery, title="En til")

        assert Milestone.objects.count() == 2

    def test_forgets_what_is_old_once_a_minute(self, browser, new_delivery, monkeypatch):
        hour_ago, now = timezone.now() - SentForm.REMEMBERED, time.monotonic()
        for seconds, left in ((0, 0), (30, 1), (70, 0)):
            SentForm.objects.get_or_create(mark="old", defaults={"sent_at": hour_ago})
            monkeypatch.setattr("accounts.once.time.monotonic", lambda passed=seconds: now + passed)
            self.send(browser, new_delivery, title=f"Etter {seconds} sekunder")

            assert SentForm.objects.filter(mark="old").count() == left

    def test_of_a_form_opened_anew_makes_two(self, browser, new_delivery):
        self.send(browser, new_delivery)

        url, form = fill_in(browser, new_delivery[0], title="Uten kode")
        browser.post(url, form)

        assert Milestone.objects.count() == 2

    def test_without_a_key_makes_two(self, browser, new_delivery):
        for _ in range(2):
            self.send(browser, new_delivery, **{FORM_KEY: ""})

        assert Milestone.objects.count() == 2

    @pytest.mark.parametrize("key", ["", "1.abc:signature", "\x00", "x" * 10_000])
    def test_with_a_key_that_is_none_of_ours_is_taken(self, browser, new_delivery, key):
        answer = self.send(browser, new_delivery, **{FORM_KEY: key})

        assert answer.status_code == 302

    def test_takes_a_form_that_was_refused(self, browser, project, new_delivery):
        MilestoneFactory(project=project, code="MP1")
        assert self.send(browser, new_delivery, code="MP1").status_code == 200
        project.milestones.all().delete()

        answer = self.send(browser, new_delivery, code="MP1")

        assert answer.status_code == 302

    def test_asks_again_when_the_first_was_refused_with_a_warning(self, browser):
        contact = ContactFactory()
        url, form = fill_in(browser, contact.get_absolute_url())
        project = ProjectFactory(contact=contact)
        browser.post(url, form)
        project.contact = None
        project.save()

        browser.post(url, form)

        assert not Contact.objects.exists()

    def test_restores_a_delivery_once_its_code_is_free(self, browser, project):
        withdrawn = MilestoneFactory(project=project, code="MP1", obsolete=True)
        url, form = fill_in(browser, project.get_absolute_url(), "li.milestone form")
        other = MilestoneFactory(project=project, code="MP1")
        browser.post(url, form)
        Milestone.objects.filter(pk=other.pk).update(code="MP2")

        browser.post(url, form)

        withdrawn.refresh_from_db()
        assert withdrawn.is_outstanding

    def test_does_again_what_failed(self, browser, new_delivery, monkeypatch):
        browser.raise_request_exception = False
        with monkeypatch.context() as patched:
            patched.setattr("project_page.views.milestone.editing.rearranged", None)
            assert self.send(browser, new_delivery).status_code == 500
        assert not Milestone.objects.exists()

        self.send(browser, new_delivery)

        assert Milestone.objects.count() == 1


@pytest.mark.django_db
class TestSentForm:
    def test_is_forgotten_after_an_hour(self):
        now = timezone.now()
        SentForm.objects.create(mark="old", sent_at=now - SentForm.REMEMBERED)
        SentForm.objects.create(mark="new", sent_at=now)

        SentForm.objects.forget_old()

        assert [each.mark for each in SentForm.objects.all()] == ["new"]

    def test_is_new_when_the_old_one_is_forgotten_meanwhile(self, monkeypatch):
        SentForm.objects.create(mark="same", answer={"of": "long ago"})

        def forget_and_look(manager, **wanted):
            monkeypatch.undo()
            manager.all().delete()
            return manager.filter(**wanted)

        monkeypatch.setattr(SentFormManager, "filter", forget_and_look)

        assert SentForm.objects.take("same").answer is None

    def test_keeps_nothing_that_was_typed(self, browser, project):
        page = reverse("milestones:milestone_create", args=[project.slug])
        url, form = fill_in(browser, page, title="Hemmelig", description="Ikke ute")
        browser.post(url, form)

        kept = SentForm.objects.get()

        assert re.fullmatch("[0-9a-f]{64}", kept.mark)
        assert "Ikke ute" not in str(kept.answer)


class TestTemplates:
    def test_give_every_form_that_sends_something_a_key(self):
        unkeyed = [
            template.name
            for folder in ("templates", "django_templates")
            for template in (settings.BASE_DIR / folder).rglob("*.html")
            if "account" not in template.parts
            for form in re.findall(
                r'<form[^>]* method="post".*?</form>', template.read_text(), re.DOTALL
            )
            if "{{ form_key(request) }}" not in form and "{% form_key %}" not in form
        ]

        # Logging out, the language, and what was kept of a form, change nothing by being sent twice; what met
        # an outage is sent again with the key that it had.
        assert sorted(unkeyed) == [
            "503.html",
            "_footer.html",
            "_header.html",
            "_kept_form.html",
            "base_site.html",
        ]
