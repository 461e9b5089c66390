"""The admin: its readers, and requests that no form makes."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.accounts.visitors import log_in_freshly
from tests.cast import cast_but
from tests.factories import (
    StrategicGoalFactory,
)

# Django's own templates use variables that are not there.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


class TestAdmin:
    @pytest.mark.parametrize("person", cast_but("reader", "administrator"))
    @pytest.mark.parametrize("path", ["", "accounts/user/", "projects/segment/add/"])
    def test_is_forbidden_to_all_but_administrators(self, client, request, person, path):
        log_in_freshly(client, request.getfixturevalue(person))

        assert client.get(f"/admin/{path}", follow=True).status_code == 403

    @pytest.mark.parametrize("path", ["", "login/", "accounts/user/"])
    def test_sends_readers_to_the_login(self, client, path):
        response = client.get(f"/admin/{path}", follow=True)

        last, _status = response.redirect_chain[-1]
        assert last.startswith("/konto/logg-inn/?next=")
        assert "admin" in last

    def test_shows_users_roles_and_vocabularies_in_norwegian(self, client, administrator):
        log_in_freshly(client, administrator)

        response = client.get("/admin/")

        for name in ("Brukere", "Grupper", "Segmenter", "Strategier", "Strategimål"):
            assertContains(response, name)
        for name in ("E-postadresser", "/admin/projects/owner/", "/admin/projects/project/"):
            assertNotContains(response, name)
        assertContains(response, "Tilbake til nettstedet")
        assertContains(response, "Administrator Berg")


class TestOddRequests:
    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("accounts/user/?name=%00", 400),
            ("accounts/user/?%00=1", 400),
            ("accounts/user/?date_joined__year=99999999", 400),
            ("accounts/user/?is_active__regex=(", 400),
            ("accounts/user/?groups__id__exact=x", 302),
            ("projects/segment/?name=%00", 400),
            ("projects/segment/?name__regex=(", 400),
            ("projects/strategy/?starts_on__year=99999999", 400),
            ("r/1/1/", 404),
            ("r/x/%00/", 404),
        ],
    )
    def test_are_refused(self, client, administrator, path, status):
        log_in_freshly(client, administrator)

        assert client.get(f"/admin/{path}").status_code == status

    @pytest.mark.parametrize("chosen", ["\0", "x", "-1", "²"])
    @pytest.mark.parametrize(
        ("path", "action"), [("accounts/user/", "close"), ("projects/segment/", "delete_selected")]
    )
    def test_choose_nothing(self, client, administrator, path, action, chosen):
        log_in_freshly(client, administrator)

        response = client.post(f"/admin/{path}", {"action": action, "_selected_action": chosen})

        assert response.status_code == 400

    def test_leave_the_filters_of_the_lists(self, client, administrator):
        log_in_freshly(client, administrator)
        strategy = StrategicGoalFactory().strategy
        group = administrator.groups.get()

        for path in [
            "accounts/user/?is_active__exact=1",
            f"accounts/user/?groups__id__exact={group.pk}",
            "accounts/user/?groups__isnull=True",
            f"projects/strategicgoal/?strategy__id__exact={strategy.pk}",
        ]:
            assert client.get(f"/admin/{path}").status_code == 200, path
