"""Access to every address, by both methods, for the whole cast.

A line says what the server answers, first to GET and then to POST without a word in it, in the order of the cast:
200 a page or a form that does not hold, 302 done or led on, 403 refused, 404 not there for this person, 405 not by
this method, 409 not any more, and "login" the way to it. What an address names is there: the project, its deliveries,
and the view, which is shared with the other manager, are the manager's.
"""

import re
import uuid
from itertools import product

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client

from projects.models import PortfolioSettings, ProjectsChange, SharedField
from tests.accounts.visitors import log_in_freshly
from tests.cast import CAST, LOGGED_IN
from tests.factories import (
    ContactFactory,
    MilestoneFactory,
    SavedViewFactory,
    SegmentFactory,
    StatusReportFactory,
    StrategicGoalFactory,
)
from tests.routes import routes

TABLE = """
#                                                                         GET                                        POST
#                                                                         reader staff  manag. other  office admin.  reader staff  manag. other  office admin.
# Whether the site is well
/helse/lever                                                              200    200    200    200    200    200     405    405    405    405    405    405
/helse/klar                                                               200    200    200    200    200    200     405    405    405    405    405    405
# The overview
/                                                                         200    200    200    200    200    200     405    405    405    405    405    405
/sok/                                                                     200    200    200    200    200    200     405    405    405    405    405    405
/endre-flere/                                                             login  403    403    403    200    403     login  403    403    403    409    403
/endre-flere/<int:pk>/                                                    login  403    403    403    200    403     login  405    405    405    405    405
/endre-flere/<int:pk>/angre/                                              login  405    405    405    405    405     login  403    403    403    409    403
/visninger/                                                               login  200    200    200    200    200     login  405    405    405    405    405
/visninger/ny/                                                            login  200    200    200    200    200     login  200    200    200    200    200
/visninger/<slug:slug>/                                                   302    302    302    302    302    302     405    405    405    405    405    405
/visninger/<slug:slug>/rediger/                                           login  404    200    403    404    404     login  404    200    403    404    404
/visninger/<slug:slug>/lagre/                                             login  405    405    405    405    405     login  302    302    403    302    302
/visninger/<slug:slug>/slett/                                             login  404    200    403    404    404     login  404    302    403    404    404
/visninger/<slug:slug>/start/                                             login  405    405    405    405    405     login  404    302    302    404    404
/visninger/<slug:slug>/ikke-start/                                        login  405    405    405    405    405     login  404    302    302    404    404
# Projects and their reports
/mine/                                                                    login  200    200    200    200    200     login  405    405    405    405    405
/nytt-prosjekt/                                                           login  403    403    403    200    403     login  403    403    403    200    403
/prosjekter/<slug:slug>/                                                  200    200    200    200    200    200     405    405    405    405    405    405
/prosjekter/<slug:slug>/rediger/                                          login  403    200    403    200    403     login  403    200    403    200    403
/prosjekter/<slug:slug>/publiser/                                         login  403    403    403    200    403     login  403    403    403    302    403
/prosjekter/<slug:slug>/avpubliser/                                       login  403    403    403    200    403     login  403    403    403    302    403
/prosjekter/<slug:slug>/fjern-ord/                                        login  403    403    403    200    403     login  403    403    403    200    403
/prosjekter/<slug:slug>/status/                                           login  403    200    403    200    403     login  403    200    403    200    403
/prosjekter/<slug:slug>/rapporter/<int:pk>/                               200    200    200    200    200    200     405    405    405    405    405    405
/prosjekter/<slug:slug>/bekreft/                                          login  405    405    405    405    405     login  403    302    403    302    403
/avvik/                                                                   login  403    403    403    200    403     login  405    405    405    405    405
# The register
/eiere/                                                                   login  200    200    200    200    200     login  405    405    405    405    405
/eiere,kontakter/ny/                                                      login  403    403    403    403    200     login  403    403    403    403    200
/eiere,kontakter/<int:pk>/                                                login  200    200    200    200    200     login  405    405    405    405    405
/eiere,kontakter/<int:pk>/rediger/                                        login  403    403    403    403    200     login  403    403    403    403    200
/eiere,kontakter/<int:pk>/overfor/                                        login  403    403    403    403    200     login  403    403    403    403    200
/eiere,kontakter/<int:pk>/slett/                                          login  405    405    405    405    405     login  403    403    403    403    302
# The history
/prosjekter/<slug:slug>/historikk/                                        login  200    200    200    200    200     login  405    405    405    405    405
/historikk/                                                               login  200    200    200    200    200     login  405    405    405    405    405
/endringer/                                                               200    200    200    200    200    200     405    405    405    405    405    405
# Deliveries
/prosjekter/<slug:slug>/leveranser/ny/                                    login  403    200    403    200    403     login  403    200    403    200    403
/prosjekter/<slug:slug>/leveranser/grunnlinje/                            login  403    403    403    200    403     login  403    403    403    200    403
/prosjekter/<slug:slug>/leveranser/<int:pk>/rediger/                      login  403    200    403    200    403     login  403    200    403    200    403
/prosjekter/<slug:slug>/leveranser/<int:pk>/lever/                        login  403    200    403    200    403     login  403    200    403    200    403
/prosjekter/<slug:slug>/leveranser/<int:pk>/gjenapne/                     login  405    405    405    405    405     login  403    302    403    302    403
/prosjekter/<slug:slug>/leveranser/<int:pk>/flytt/                        login  403    200    403    200    403     login  403    200    403    200    403
/prosjekter/<slug:slug>/leveranser/<int:pk>/utga/                         login  403    200    403    200    403     login  403    200    403    200    403
/prosjekter/<slug:slug>/leveranser/<int:pk>/gjenopprett/                  login  405    405    405    405    405     login  403    302    403    302    403
# Logins and languages
/konto/logg-inn/                                                          200    302    302    302    302    302     200    302    302    302    302    302
/konto/logg-ut/                                                           302    200    200    200    200    200     302    302    302    302    302    302
/konto/skjema/kast/                                                       login  405    405    405    405    405     login  302    302    302    302    302
/konto/stengt/                                                            200    200    200    200    200    200     405    405    405    405    405    405
/konto/innlogginger/                                                      login  200    200    200    200    200     login  405    405    405    405    405
/konto/innlogginger/avslutt/                                              login  405    405    405    405    405     login  302    302    302    302    302
/konto/innlogginger/<str:handle>/avslutt/                                 login  405    405    405    405    405     login  302    302    302    302    302
/konto/sikkerhetslogg/                                                    login  403    403    403    403    200     login  405    405    405    405    405
/konto/passord/endre/                                                     login  200    200    200    200    200     login  200    200    200    200    200
/konto/passord/velg/                                                      login  302    302    302    302    302     login  302    302    302    302    302
/konto/passord/glemt/                                                     200    200    200    200    200    200     200    200    200    200    200    200
/konto/passord/glemt/sendt/                                               200    200    200    200    200    200     405    405    405    405    405    405
/konto/passord/nytt/ferdig/                                               200    200    200    200    200    200     405    405    405    405    405    405
/konto/^passord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$               200    200    200    200    200    200     200    200    200    200    200    200
/sprak/                                                                   302    302    302    302    302    302     302    302    302    302    302    302
# The administration
/^admin/r/                                                                login  404    404    404    404    404     login  404    404    404    404    404
/admin/                                                                   login  403    403    403    403    200     login  403    403    403    403    200
/admin/login/                                                             login  403    403    403    403    302     login  403    403    403    403    200
/admin/logout/                                                            login  302    302    302    302    405     login  302    302    302    302    302
/admin/password_change/                                                   login  403    403    403    403    200     login  403    403    403    403    200
/admin/password_change/done/                                              login  403    403    403    403    200     login  403    403    403    403    405
/admin/autocomplete/                                                      login  403    403    403    403    403     login  403    403    403    403    405
/admin/jsi18n/                                                            login  403    403    403    403    200     login  403    403    403    403    405
/admin/r/<path:content_type_id>/<path:object_id>/                         login  404    404    404    404    404     login  404    404    404    404    404
/admin/projects/strategy,strategicgoal,segment/                           login  403    403    403    403    200     login  403    403    403    403    200
/admin/projects/strategy,strategicgoal,segment/add/                       login  403    403    403    403    200     login  403    403    403    403    200
/admin/projects/strategy,strategicgoal,segment/<path:object_id>/history/  login  403    403    403    403    200     login  403    403    403    403    200
/admin/projects/strategy,strategicgoal,segment/<path:object_id>/delete/   login  403    403    403    403    302     login  403    403    403    403    302
/admin/projects/strategy,strategicgoal,segment/<path:object_id>/change/   login  403    403    403    403    200     login  403    403    403    403    200
/admin/projects/strategy,strategicgoal,segment/<path:object_id>/          login  403    403    403    403    302     login  403    403    403    403    302
/admin/projects/portfoliosettings/                                        login  403    403    403    403    302     login  403    403    403    403    302
/admin/projects/portfoliosettings/add/                                    login  403    403    403    403    403     login  403    403    403    403    200
/admin/projects/portfoliosettings/<path:object_id>/history/               login  403    403    403    403    200     login  403    403    403    403    200
/admin/projects/portfoliosettings/<path:object_id>/delete/                login  403    403    403    403    403     login  403    403    403    403    403
/admin/projects/portfoliosettings/<path:object_id>/change/                login  403    403    403    403    200     login  403    403    403    403    200
/admin/projects/portfoliosettings/<path:object_id>/                       login  403    403    403    403    302     login  403    403    403    403    302
/admin/accounts/user/<id>/password/                                       login  403    403    403    403    200     login  403    403    403    403    200
/admin/accounts/user/                                                     login  403    403    403    403    200     login  403    403    403    403    200
/admin/accounts/user/add/                                                 login  403    403    403    403    200     login  403    403    403    403    200
/admin/accounts/user/<path:object_id>/history/                            login  403    403    403    403    200     login  403    403    403    403    200
/admin/accounts/user/<path:object_id>/delete/                             login  403    403    403    403    403     login  403    403    403    403    403
/admin/accounts/user/<path:object_id>/change/                             login  403    403    403    403    200     login  403    403    403    403    200
/admin/accounts/user/<path:object_id>/                                    login  403    403    403    403    302     login  403    403    403    403    302
/admin/auth/group/                                                        login  403    403    403    403    200     login  403    403    403    403    200
/admin/auth/group/add/                                                    login  403    403    403    403    403     login  403    403    403    403    403
/admin/auth/group/<path:object_id>/history/                               login  403    403    403    403    200     login  403    403    403    403    200
/admin/auth/group/<path:object_id>/delete/                                login  403    403    403    403    403     login  403    403    403    403    403
/admin/auth/group/<path:object_id>/change/                                login  403    403    403    403    200     login  403    403    403    403    403
/admin/auth/group/<path:object_id>/                                       login  403    403    403    403    302     login  403    403    403    403    302
/admin/^(?P<app_label>projects|accounts|auth)/$                           login  403    403    403    403    200     login  403    403    403    403    200
/admin/(?P<url>.*)$                                                       login  403    403    403    403    404     login  403    403    403    403    404
"""

#: What stands in an address that is written as a regular expression.
WRITTEN = {
    "konto/^passord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "konto/passord/nytt/x-y/",
    "^admin/r/": "admin/r/",
    "admin/^(?P<app_label>projects|accounts|auth)/$": "admin/projects/",
    "admin/(?P<url>.*)$": "admin/tull/",
}


def lines():
    """The lines of the table, by their addresses; "a,b" in an address is one line for both."""
    found = {}
    for line in TABLE.strip().splitlines():
        if not line.startswith("#"):
            route, *answers = line.split()
            for each in _spelled_out(route.removeprefix("/")):
                assert each not in found, f"/{each} stands in the table twice."
                found[each] = answers
    return found


def _spelled_out(route):
    several = re.search(r"[a-z]+(,[a-z]+)+", route)
    if not several:
        return [route]
    return [route.replace(several[0], each) for each in several[0].split(",")]


LINES = lines()


@pytest.fixture
def things(project, manager, other_manager, office):
    """Things that the addresses name, by where they begin."""
    contact = ContactFactory(owner=project.owner)
    SegmentFactory()
    PortfolioSettings.objects.get_or_create()
    project.contact, project.main_goal = contact, StrategicGoalFactory()
    project.save()
    managers = Group.objects.create(name="Prosjektledere")
    managers.user_set.add(manager, other_manager)
    change = ProjectsChange.objects.create(
        field=SharedField.SEGMENT, token=uuid.uuid4(), changed_by=office
    )
    return {
        "endre-flere/": change.pk,
        "visninger/": SavedViewFactory(owner=manager, group=managers).slug,
        "eiere/": project.owner_id,
        "kontakter/": contact.pk,
        "rapporter/": StatusReportFactory(project=project).pk,
        "leveranser/": MilestoneFactory(project=project).pk,
        "prosjekter/": project.slug,
        "innlogginger/": "x",
        "user/": manager.pk,
    }


def address(route, things):
    """An address with the things of this test in it."""
    route = WRITTEN.get(route, route)
    if model := re.match(r"admin/(\w+)/(\w+)/<", route):
        first = apps.get_model(*model.groups()).objects.order_by("pk").first()
        return "/" + re.sub("<.*?>", str(first.pk if first else 1), route)

    def thing(named):
        return named[1] + str(things.get(named[1], 1))

    return "/" + re.sub(r"([a-z-]+/)<.*?>", thing, route)


@pytest.fixture
def sessions(request):
    """The sessions of the cast, who have just written their passwords; a reader has none."""
    found = {"reader": None}
    for person in LOGGED_IN:
        client = Client()
        log_in_freshly(client, request.getfixturevalue(person))
        found[person] = client.session.session_key
    return found


def answer(session, method, url):
    """Return what the server answers, in a word of the table; nothing of it stays."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        response = getattr(client, method)(url)
        # The admin's own page for those who may not come in.
        if response.headers.get("Location", "").startswith("/admin/login/"):
            response = client.get(response.headers["Location"])
        transaction.set_rollback(True)
    is_led_to_login = response.headers.get("Location", "").startswith("/konto/logg-inn/")
    return "login" if is_led_to_login else str(response.status_code)


def room(route):
    return route.partition("/")[0]


class TestTable:
    def test_has_every_address(self):
        missing = sorted(set(routes()) - LINES.keys())

        assert not missing, f"Say in the table who may do what at {missing}."

    def test_has_no_address_that_is_not_there(self):
        assert sorted(LINES.keys() - set(routes())) == []

    def test_has_an_answer_to_everyone_by_both_methods(self):
        assert {len(answers) for answers in LINES.values()} == {2 * len(CAST)}


@pytest.mark.django_db
# Django's own pages have variables that are not always there.
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("place", sorted({room(route) for route in LINES}))
def test_everyone_is_answered_as_the_table_says(place, things, sessions):
    expected = {
        (route, method, person): word
        for route, words in LINES.items()
        if room(route) == place
        for (method, person), word in zip(product(["get", "post"], CAST), words, strict=True)
    }

    answers = {
        (route, method, person): answer(sessions[person], method, address(route, things))
        for route, method, person in expected
    }

    assert answers == expected
