"""The search of the whole site."""

import pytest
from bs4 import BeautifulSoup
from pytest_django.asserts import assertContains, assertNotContains

from projects.models import Project
from tests.cast import LOGGED_IN
from tests.factories import (
    MilestoneFactory,
    OwnerFactory,
    ProjectFactory,
    StatusReportFactory,
)
from tests.past import day

pytestmark = pytest.mark.django_db
URL = "/sok/"


def search(client, text, **more):
    return BeautifulSoup(client.get(URL, {"sok": text, **more}).content, "html.parser")


def found(client, text, **more):
    return [each.text for each in search(client, text, **more).select(".found h2")]


def marked(element):
    return [mark.text for mark in element.select("mark")]


def meant(client, text):
    return [each.text for each in search(client, text).select(".did-you-mean li")]


class TestSearch:
    def test_finds_a_project_by_its_milestone_and_leads_there(self, client):
        project = ProjectFactory(title="Journal")
        milestone = MilestoneFactory(project=project, code="MP5", title="Ekstern kvalitetssikring")
        MilestoneFactory(project=project, title="Noe annet")

        response = client.get(URL, {"sok": "kvalitetssikring"})

        assertContains(response, "1 prosjekt funnet")
        assertContains(response, f'href="{project.get_absolute_url()}#{milestone.anchor}"')
        assertNotContains(response, "Noe annet")

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Plan for leveranse av journal", "leveranser"),
            ("Plan for leveranser", "leveranse"),
            ("Plan for leveranser", "lever"),
            ("Sikkerhet", "sikkerh"),
            ("Kommunene i Åsane", "kommunen åsane"),
            ("Samarbeid i Åsen", "Aasen"),
            ("Samarbeid i Aasen", "åsen"),
            ("Samarbeid i A\u030asen", "ÅSEN"),
            ("Hos KS i dag", "ks"),
            ("Helse/omsorg og e-helse", "omsorg e-helse"),
            ("Se www.ks.no/helse", "ks helse"),
            ("Versjon MP5.1", "mp5"),
            ("Innen 2027", "20"),
            ("Velferds\u00adteknologi", "velferdsteknologi"),
            ("Felles journal", "journal og felles"),
            ("Rock & roll", "roll & rock"),
            ("Vitamin C", "c vitamin"),
        ],
    )
    def test_finds_stems_and_beginnings_however_they_are_written(self, client, text, words):
        # The name of an owner has a number, and so may hold what is looked for.
        ProjectFactory(title=text, owner=None)
        ProjectFactory(title="Noe helt annet", owner=None)

        assert len(found(client, words)) == 1

    @pytest.mark.parametrize(
        "words", ["journal helikopter", "elles", "or", "kommunalitet", "f journal", "&", "1"]
    )
    def test_finds_only_what_has_every_word_or_its_beginning(self, client, words):
        ProjectFactory(title="Felles kommunal journal 12", owner=None)

        assert found(client, words) == []

    @pytest.mark.parametrize(
        "where",
        [
            "title",
            "ingress",
            "description",
            "owner",
            "short",
            "milestone",
            "code",
            "about",
            "status",
        ],
    )
    def test_looks_everywhere(self, client, where):
        ProjectFactory(title="Et annet", description="Noe annet")
        word = "kvalitetssikring"
        project = ProjectFactory(
            title=word if where == "title" else "Tiltak",
            ingress=word if where == "ingress" else "",
            description=f"Om **{word}**" if where == "description" else "",
            owner=OwnerFactory(
                name=word if where == "owner" else "Eier",
                short_name=word if where == "short" else "",
            ),
        )
        MilestoneFactory(
            project=project,
            title=word if where == "milestone" else "Plan",
            code=word if where == "code" else "",
            description=word if where == "about" else "",
        )
        StatusReportFactory(project=project, status_text=word if where == "status" else "")

        assert len(found(client, "kvalitetssikring")) == 1

    def test_looks_in_the_newest_report_only(self, client):
        project = ProjectFactory()
        StatusReportFactory(project=project, status_text="Gammelt", reported_on=day("2026-03-02"))
        StatusReportFactory(project=project, risk_text="Nytt", reported_on=day("2026-04-02"))

        assert (len(found(client, "gammelt")), len(found(client, "nytt"))) == (0, 1)

    def test_shows_first_what_fits_best(self, client):
        project = ProjectFactory(title="D", ingress="Alt om noe annet")
        StatusReportFactory(project=project, status_text="Journal. " * 5)
        ProjectFactory(title="C", description="Journal. " * 500)
        ProjectFactory(title="B", owner=OwnerFactory(name="Journal AS"))
        ProjectFactory(title="En journal")
        ProjectFactory(title="Aa journal")

        assert found(client, "journal") == ["En journal", "Aa journal", "B", "C", "D"]

    def test_shows_readers_only_what_is_published(self, client):
        project = ProjectFactory(title="Journal", draft=True, description="Hemmelig")
        MilestoneFactory(project=project, title="Kvalitetssikring")
        StatusReportFactory(project=project, status_text="Uferdig")

        for text in ("journal", "hemmelig", "kvalitetssikring", "uferdig", "jurnal"):
            response = client.get(URL, {"sok": text})
            assertContains(response, "0 prosjekter funnet")
            assertNotContains(response, "Journal")

    @pytest.mark.parametrize("user", LOGGED_IN)
    def test_shows_all_to_who_is_logged_in(self, client, user, log_in):
        log_in(client, user)
        ProjectFactory(title="Timebok", draft=True)

        assert found(client, "timebok") == ["Timebok"]
        assert meant(client, "timebk") == ["Timebok"]

    def test_never_finds_by_what_readers_do_not_see(self, client):
        project = ProjectFactory(title="Journal")
        StatusReportFactory(project=project, gap_reason="Hemmelig", owner_name="Gammel eier")

        assert found(client, "hemmelig") == found(client, "gammel") == []

    def test_asks_for_words_when_there_are_none(self, client):
        ProjectFactory(title="Journal")

        for text in ("", "   ", "\u200b"):
            response = client.get(URL, {"sok": text})
            assertContains(response, "<h1>Søk</h1>", html=True)
            assertNotContains(response, "valgfritt")
            assertNotContains(response, "Journal")

    @pytest.mark.parametrize(
        "text",
        ["x" * 101, "x" * 10_000, "a\0b", "&|!<->:*()", "' OR 1=1 --"[:1], "%", "_", "…", "\\"],
    )
    def test_says_what_is_wrong_with_the_words(self, client, text):
        response = client.get(URL, {"sok": text})

        assertContains(response, 'aria-invalid="true"')
        assertContains(response, 'class="ds-validation-message"')
        assertNotContains(response, "funnet")

    @pytest.mark.parametrize(
        "text", ["journal & !x", "journal:*|", "'journal", "(journal", "<-> journal", "journal\\"]
    )
    def test_takes_an_operator_for_a_sign(self, client, text):
        ProjectFactory(title="Journal x")

        assert found(client, text) == ["Journal x"]

    def test_takes_any_hundred_letters(self, client):
        for text in ("a " * 50, "ß²½" * 33, "🙂journal", "ا ب ج", "x" * 100, "Å" * 100):
            assert client.get(URL, {"sok": text}).status_code == 200

    def test_takes_no_harm_from_a_text_longer_than_any_page(self, client):
        long = " ".join(f"{number:x}journal{number:x}" for number in range(60_000))
        MilestoneFactory(project__title="Kvarts", title="Kvarts", description=long)

        assert found(client, "kvarts") == ["Kvarts"]

    @pytest.mark.parametrize("side", ["99999999999999999999", "abc", "-1"])
    def test_takes_no_harm_from_a_page_that_is_none(self, client, side):
        assert client.get(URL, {"sok": "journal", "side": side}).status_code == 200

    def test_shows_twenty_at_a_time(self, client):
        ProjectFactory.create_batch(21, title="Journal")

        assert len(found(client, "journal")) == 20
        assert len(found(client, "journal", side=2)) == 1
        assert "21 prosjekter funnet" in search(client, "journal").text

    def test_refuses_other_methods(self, client):
        assert client.post(URL).status_code == 405

    def test_makes_as_many_queries_for_many(self, client, django_assert_num_queries):
        for _ in range(12):
            milestone = MilestoneFactory(title="Journal", project__title="Journal")
            StatusReportFactory(project=milestone.project, status_text="Journal")

        # Whether anything has changed; the number of projects, the projects, their milestones and newest
        # reports, and what to mark.
        with django_assert_num_queries(6):
            client.get(URL, {"sok": "journal"})

    def test_makes_two_more_when_nothing_is_found(self, client, django_assert_num_queries):
        ProjectFactory.create_batch(12, title="Felles kommunal journal")

        # Whether anything has changed; the number of projects, the words that are near, and the titles
        # with them.
        with django_assert_num_queries(4):
            client.get(URL, {"sok": "felles komunal jurnal"})


#: Each finds the others of its line.
FORMS = [
    "program programmet programmer programmene",
    "digital digitalt digitale",
    "register registeret registret registre registrene",
    "leder lederen ledere lederne ledernes",
    "kommune kommunen kommuner kommunene kommunens kommunar kommunane",
    "fastlege fastlegen fastleger fastlegene",
    "helselov helseloven helselover helselovene",
    "senter senteret sentret sentre sentrene",
    "middel middelet midler midlene",
    "sikker sikkert sikre",
    "leveranse leveransen leveranser leveransene",
    "levere leverer leverte levert",
    "utvikling utviklingen utviklinga utviklingar",
    "sikkerhet sikkerheten sikkerhetens",
    "kurs kurset kursene",
    "data dataene",
]


class TestForms:
    @pytest.mark.parametrize("line", FORMS)
    def test_find_one_another(self, line, client):
        words = line.split()
        for word in words:
            ProjectFactory(title=f"{word}, og mer")

        for word in words:
            hits = search(client, word).select(".found h2")
            assert {each.mark.text for each in hits} == set(words)

    @pytest.mark.parametrize(
        ("word", "other"),
        [
            ("fastlege", "fast"),
            ("fastlegen", "faste"),
            ("helselov", "helse"),
            ("helselov", "hels"),
            ("helse", "hele"),
            ("helse", "helt"),
            ("fase", "fast"),
            ("prosjekt", "prosent"),
        ],
    )
    def test_of_another_word_are_neither_found_nor_marked(self, word, other, client):
        ProjectFactory(title=f"Om {other}")
        ProjectFactory(title=f"Om {word}", ingress=f"Her er {other}.")

        shown = search(client, word)
        assert [each.text for each in shown.select(".found h2")] == [f"Om {word}"]
        assert {mark.text for mark in shown.select("mark")} == {word}

    def test_of_another_word_do_not_count_in_the_order(self, client):
        ProjectFactory(title="B fast", ingress="fastlege", description="fast " * 9)
        ProjectFactory(title="A", ingress="fastlege")

        assert found(client, "fastlege") == ["A", "B fast"]

    @pytest.mark.parametrize("word", ["folkehelse", "programmet", "registrene", "lederne"])
    def test_are_not_lost_while_the_word_is_typed(self, client, word):
        for end in ("", "n", "arbeid"):
            ProjectFactory(title=f"{word}{end}")

        for letters in range(2, len(word) + 1):
            assert len(found(client, word[:letters])) == 3

    def test_of_words_in_nearly_every_text_ask_for_nothing(self, client):
        ProjectFactory(title="Hjelp til kommunen")

        for words in (
            "fra kommunen",
            "frå kommunen",
            "kommunen",
            "berre kommunane",
            "andre kommuner",
        ):
            assert found(client, words) == ["Hjelp til kommunen"]
        for words in ("frå", "fra", "ikkje berre"):
            assert "Ordene" in search(client, words).main.text


class TestCode:
    @pytest.mark.parametrize("asked", ["MP1", "MP 1", "MP-1", "mp1", "mp\u00a01"])
    def test_is_found_however_it_is_written(self, client, asked):
        for text in ("Om MP1", "Om MP 1", "Om MP-1", "Om MP\u00a01"):
            ProjectFactory(ingress=text)
        ProjectFactory(ingress="Om MP2 og MP 2")

        hits = search(client, asked).select(".found li")
        marks = [" ".join(each.mark.text.split()) for each in hits]
        assert sorted(marks) == ["MP 1", "MP 1", "MP-1", "MP1"]

    def test_of_a_milestone_leads_to_it(self, client):
        milestone = MilestoneFactory(code="MP1", title="Plan")
        MilestoneFactory(project=milestone.project, code="MP2", title="Noe annet")

        shown = search(client, "MP-1").select(".found__milestones li")

        assert [each.mark.text for each in shown] == ["MP1"]

    def test_is_marked_as_a_whole_where_it_stands(self, client):
        milestone = MilestoneFactory(code="MP 1", title="Plan")
        MilestoneFactory(project=milestone.project, code="MP6", title="Versjon 1.0")

        hit = search(client, "MP-1").select_one(".found li")

        assert marked(hit) == ["MP 1"]

    def test_may_be_only_a_word_and_a_number(self, client):
        ProjectFactory(title="Plan for 2 kommuner")

        assert marked(search(client, "plan 2").select_one(".found")) == ["Plan", "2"]


class TestHit:
    def test_marks_the_words_in_the_title_and_where_they_stand(self, client):
        project = ProjectFactory(
            title="Felles journaler",
            ingress="Noe annet.",
            description=f"{'Langt før. ' * 60}Her er **journalen** som kommunene har. {'Etter. ' * 60}",
            owner=OwnerFactory(name="Journal AS"),
        )
        MilestoneFactory(project=project, code="MP5", title="Innføre journalsystem")

        hit = search(client, "journal kommune").select_one(".found li")

        assert marked(hit.h2) == ["journaler"]
        assert marked(hit.select_one(".found__facts")) == ["Journal"]
        excerpt = hit.select_one(".found__source").parent
        assert " ".join(excerpt.text.split()).startswith("Om prosjektet: … ")
        assert marked(excerpt) == ["journalen", "kommunene"]
        assert excerpt.text.endswith("Etter. …")
        assert marked(hit.select_one(".found__milestones")) == ["journalsystem"]

    def test_shows_the_introduction_when_only_the_title_has_the_words(self, client):
        ProjectFactory(title="Journal", ingress="En sikrere hverdag.")

        hit = search(client, "journal").select_one(".found li")

        assert "En sikrere hverdag." in hit.text
        assert marked(hit) == ["Journal"]

    def test_says_that_it_stands_in_the_report(self, client):
        project = ProjectFactory(ingress="Om noe annet.")
        StatusReportFactory(project=project, risk_text="Leverandøren kan bli forsinket.")

        hit = search(client, "leverandør").select_one(".found li")

        assert hit.select_one(".found__source").text == "Risiko:"
        assert marked(hit) == ["Leverandøren"]

    def test_marks_nothing_of_what_people_write_as_a_page(self, client):
        ProjectFactory(
            title="<b>Journal</b> & <mark>mer</mark>",
            ingress="<script>journal</script>",
            description="[lenke](https://ks.no/journal) <img src=x onerror=journal>",
        )

        hit = search(client, "journal").select_one(".found li")

        assert hit.h2.text == "<b>Journal</b> & <mark>mer</mark>"
        assert marked(hit.h2) == ["Journal"]
        assert not hit.select("script, img, b")

    def test_shows_where_a_milestone_speaks_of_it(self, client):
        milestone = MilestoneFactory(title="Plan", description="Godkjent av *styringsgruppen*.")

        shown = search(client, "styringsgruppe").select_one(".found__milestones li")

        assert shown.a["href"].endswith(f"#{milestone.anchor}")
        assert shown.p.text == "Godkjent av styringsgruppen."
        assert marked(shown) == ["styringsgruppen"]

    def test_shows_the_milestones_with_the_most_words_and_counts_the_rest(self, client):
        project = ProjectFactory()
        for number in range(1, 8):
            MilestoneFactory(project=project, title=f"Journal {number}", position=number)
        MilestoneFactory(project=project, title="Felles journal", position=9)

        shown = search(client, "felles journal").select(".found__milestones li")

        assert [" ".join(each.text.split()) for each in shown] == [
            *("Felles journal", "Journal 1", "Journal 2", "Journal 3", "Journal 4"),
            "og 3 leveranser til på prosjektets side",
        ]

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("Kort om journal.", "Kort om journal."),
            (f"{'x' * 300} journal {'y' * 300}", "… journal …"),
            (f"{'x' * 300}", ""),
        ],
    )
    def test_shows_whole_words_where_there_are_any(self, client, text, shown):
        ProjectFactory(title="En", ingress=text, owner=OwnerFactory(name="Journal"))

        assert (shown or text[:240]) in search(client, "journal").select_one(".found").text

    def test_marks_both_spellings(self, client):
        ProjectFactory(title="Aasen og Åsen i Asen")

        assert marked(search(client, "åsen").select_one(".found")) == ["Aasen", "Åsen"]


class TestDidYouMean:
    @pytest.fixture(autouse=True)
    def titles(self):
        for title in ("Felles kommunal journal", "Digital hjemmeoppfølging", "Helsedata i nord"):
            ProjectFactory(title=title)

    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("felles komunal jurnal", "Felles kommunal journal"),
            ("jurnal", "Felles kommunal journal"),
            ("komunnal", "Felles kommunal journal"),
            ("juornal", "Felles kommunal journal"),
            ("digital hjemeoppfølgning", "Digital hjemmeoppfølging"),
            ("hjemmeoppfolging", "Digital hjemmeoppfølging"),
            ("helsdata", "Helsedata i nord"),
            ("helse data", "Helsedata i nord"),
        ],
    )
    def test_offers_the_nearest_title(self, client, text, title):
        assert meant(client, text) == [title]

    def test_leads_to_a_search_that_finds_it(self, client):
        offer = search(client, "felles komunal jurnal").select_one(".did-you-mean a")

        assert BeautifulSoup(client.get(offer["href"]).content, "html.parser").select("mark")

    def test_leads_to_a_search_also_for_the_longest_title(self, client):
        title = "Samhandling " + "om barn og unge med sammensatte behov " * 6
        ProjectFactory(title=title.strip())

        offer = search(client, "samhandlng").select_one(".did-you-mean a")

        assert len(offer.text) > 200
        assertContains(client.get(offer["href"]), "1 prosjekt funnet")

    def test_offers_five_at_most_the_nearest_first(self, client):
        for number in range(12):
            ProjectFactory(title=f"Timebok {number}")
        ProjectFactory(title="Timebok")

        assert len(meant(client, "timebk")) == 5
        assert meant(client, "timebk")[0] == "Timebok"

    def test_offers_readers_nothing_that_is_not_published(self, client, staff):
        ProjectFactory(title="Hemmelig satsing", draft=True)
        Project.objects.filter(title="Felles kommunal journal").update(title="Noe annet")

        assert meant(client, "hemelig satsning") == []
        assert meant(client, "jurnal") == []
        client.force_login(staff)
        assert meant(client, "hemelig satsning") == ["Hemmelig satsing"]

    def test_is_not_crowded_out_by_what_a_reader_may_not_see(self, client):
        for number, letter in enumerate("abcdefghijklmnopqrstuvwxyzæøå" * 2):
            ProjectFactory(title=f"Jurnal{letter} jurnal{number}", draft=True)

        assert meant(client, "jurnal") == ["Felles kommunal journal"]

    def test_offers_a_way_on_when_nothing_is_like_it(self, client):
        response = client.get(URL, {"sok": "xyzzy"})

        assertContains(response, "0 prosjekter funnet")
        assertContains(response, "Prøv færre ord")
        assertNotContains(response, "Mente du")

    @pytest.mark.parametrize("text", ["og i", "og", "i & å"])
    def test_says_that_stop_words_find_nothing(self, client, text):
        response = client.get(URL, {"sok": text})

        assertContains(response, "står i nesten alle tekster")
        assertNotContains(response, "Mente du")
        assertNotContains(response, "Prøv færre ord")

    def test_is_asked_only_when_nothing_is_found(self, client):
        assertNotContains(client.get(URL, {"sok": "journal"}), "Mente du")
