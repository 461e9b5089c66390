"""An old page, read part by part."""

import datetime
from contextlib import suppress

import pytest

from exchange.scaffold.old_page import OldPageError, read_old_page
from tests.exchange.old_page.seed import SEED, changed, read


class TestSeed:
    def test_has_its_key_information(self):
        page = read_old_page(SEED)

        assert page.title == "Felles kommunal journal"
        assert (page.status, page.risk) == ("Under kontroll", "Lav")
        assert (page.owner_name, page.contact_name) == ("KS", "Håkon Grimstad")
        assert page.segment == "Koordinere"
        assert [(goal.number, goal.line) for goal in page.goals] == [(4, 14)]

    def test_has_its_texts(self):
        page = read_old_page(SEED)

        assert page.status_text.startswith("Selskapet FKJI AS er under avvikling")
        assert page.risk_text.endswith("Uten finansiering stopper prosjektet.")
        assert page.description.startswith("Felles kommunal journal er et av tiltakene")
        assert page.description.endswith("koordinert helse- og omsorgstjeneste.")
        assert page.link_text == "Les mer om prosjektet på KS sine nettsider."

    def test_has_nine_deliveries_of_which_five_are_delivered(self):
        page = read_old_page(SEED)

        assert page.counts == page.stated_counts == (5, 9)
        assert [one.code for one in page.milestones if one.is_obsolete] == ["MP 1"]
        assert not page.is_cut
        assert page.remarks == ()

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("Hopp til hovedinnhold\nSøk\n\n", ""),
            ("Hopp til hovedinnhold\nSøk\n\n", "Du benytter en nettleser vi ikke støtter.\n"),
            ("\n", "\r\n"),
            ("\n\n", "\n"),
            (" ", "\u00a0"),
            ("å", "a\u030a"),
            ("Status\n", "Status:\n"),
            *[
                ("•", sign)
                for sign in ["·", "?", "*", "–", "—", "-", "o", "\ufffd", "\uf0b7", "\x95"]
            ],
            ("• ", "?"),
            ("• ", "\ufffd"),
            ("Ferdigstilt og levert: ", "Ferdigstilt og levert:"),
            ("Hopp", "\ufeffHopp"),
            ("Felles kommunal journal\n\nNøkkel", "Felles kommunal journal, KS\n\nNøkkel"),
        ],
    )
    def test_is_the_same_however_it_is_written(self, old, new):
        page, same = read_old_page(SEED), read_old_page(changed(old, new))

        assert [one.name for one in same.milestones] == [one.name for one in page.milestones]
        assert same.title == page.title
        assert same.remarks == page.remarks
        assert same.description == page.description
        assert (same.status_text, same.risk_text) == (page.status_text, page.risk_text)

    def test_is_read_or_refused_wherever_it_is_cut(self):
        for length in range(0, len(SEED), 7):
            with suppress(OldPageError):
                page = read_old_page(SEED[:length])
                assert page.title == "Felles kommunal journal"
                assert page.owner_name in ("", "KS")

    def test_can_be_an_old_windows_file(self):
        text = SEED.decode().replace("\u202f", " ")

        assert read_old_page(text.encode("cp1252")).contact_name == "Håkon Grimstad"

    def test_can_be_utf16(self):
        assert read_old_page(SEED.decode().encode("utf-16")).contact_name == "Håkon Grimstad"


class TestTop:
    def test_takes_the_ingress_between_title_and_keys(self):
        page = read("trygg-hjemme.txt")

        assert page.title == "Trygg hjemme i Nordfjella"
        assert page.ingress.startswith("Tiltaket skal gi eldre")

    def test_says_which_first_line_it_left_out(self):
        page = read("felles-meldinger.txt")

        assert page.title == "Felles meldinger"
        assert page.remarks[0] == "Line 1 was left out: “Nasjonal portefølje”."

    def test_takes_the_owner_off_the_title(self):
        page = read("digital-hjemmesykepleie.txt")

        assert (page.title, page.owner_name) == ("Digital hjemmesykepleie", "Fjordbyen kommune")

    def test_takes_a_known_owner_from_the_title_when_the_keys_have_none(self):
        data = changed("Eier\n\nKS\n\n", "").replace(b"kommunal journal\n", b"journal, KS\n", 1)

        known = read_old_page(data, known_owners=["KS"])
        unknown = read_old_page(data)

        assert (known.title, known.owner_name) == ("Felles journal", "KS")
        assert (unknown.title, unknown.owner_name) == ("Felles journal, KS", "")


class TestKeys:
    def test_reads_several_goals_in_any_order_of_keys(self):
        page = read("felles-meldinger.txt")

        assert [goal.number for goal in page.goals] == [4, 2]
        assert page.owner_name == "Helse Midt-Norge RHF"
        assert page.segment == "Observere"

    def test_may_lack_status_and_goals(self):
        page = read("digital-hjemmesykepleie.txt")

        assert page.status is None
        assert page.risk == "Middels"
        assert page.goals == ()

    def test_does_not_take_an_empty_value_for_the_next_key(self):
        page = read_old_page(changed("Eier\n\nKS\n\n", "Eier\n\n"))

        assert page.owner_name == ""
        assert page.risk == "Lav"


class TestSections:
    def test_takes_status_and_risk_from_their_sections(self):
        page = read("trygg-hjemme.txt")

        assert (page.status, page.status_text) == ("Noen utfordringer", "")
        assert (page.risk, page.risk_text) == ("Ikke rapportert", "")

    def test_tells_a_subheading_from_a_section(self):
        page = read("felles-meldinger.txt")

        assert page.status_text == "Piloten er forsinket."
        assert page.description.startswith("### Status\n\nDette avsnittet")

    def test_says_when_keys_and_section_differ(self):
        remarks = " ".join(read("felles-meldinger.txt").remarks)

        assert "“Under kontroll” in the key information and “Noen utfordringer”" in remarks

    def test_without_text_or_key_it_is_still_a_section(self):
        data = changed("Status\n\nUnder kontroll\n\nStrategimål", "Strategimål")

        page = read_old_page(data)

        assert page.status == "Under kontroll"
        assert page.status_text.startswith("Selskapet")

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("Under kontroll\n\nS", "Grønn\n\nS", "Line 10: “Grønn” is no status. The allowed"),
            ("Lav\n\nDen", "Stor\n\nDen", "Line 56: “Stor” is no risk. The allowed"),
        ],
    )
    def test_refuses_an_unknown_word_with_its_line(self, old, new, message):
        with pytest.raises(OldPageError, match=message):
            read_old_page(changed(old, new))

    def test_leaves_the_site_footer_out(self):
        assert "Sist faglig oppdatert" in read("felles-meldinger.txt").remarks[-1]


class TestDescription:
    def test_keeps_headings_bullets_and_numbers(self):
        description = read("trygg-hjemme.txt").description

        assert "### Kommunenes rolle\n\nHver kommune" in description
        assert "- Færre unødige utrykninger\n- Økt trygghet" in description
        assert description.endswith("1. Kartlegging\n2. Anskaffelse\n3. Innføring")

    def test_keeps_marks_and_dates_as_they_are(self):
        assert read("felles-meldinger.txt").risk_text == (
            "Leverandøren \\*kan\\* trekke seg.\n\n1\\. juni 2026 er siste frist."
        )

    def test_takes_the_address_of_the_link_from_its_line(self):
        page = read("digital-hjemmesykepleie.txt")

        assert page.link_url == "https://www.fjordbyen.example/hjemmesykepleie"
        assert page.link_text == "Les mer om prosjektet"


class TestDeliveries:
    def test_reads_odd_fields(self):
        first, second, third, fourth = read("felles-meldinger.txt").milestones

        assert (first.code, first.date) == ("MP1", datetime.date(2023, 1, 5))
        assert (second.title, second.date) == ("Pilot i to kommuner", datetime.date(2024, 2, 2))
        assert second.description.startswith("Leveransedato er flyttet fra 01.10.2023")
        assert (third.date, third.description) == (None, "Leveransedato: Høsten 2026")
        assert (fourth.is_obsolete, fourth.code, fourth.title) == (True, "MP4", "Bredding")

    def test_may_lack_code_and_date(self):
        first, second, _ = read("trygg-hjemme.txt").milestones

        assert (first.code, first.is_delivered, first.date) == ("", True, None)
        assert second.date == datetime.date(2023, 3, 1)
        assert second.description == "Avtalen omfatter:\n\n- alarmmottak\n- opplæring"

    def test_keeps_a_last_one_that_is_cut(self):
        page = read("utvidet-journalinnsyn.txt")

        assert page.is_cut
        assert page.milestones[-1].description == "Løsningen tas i bruk i alle kommu"

    def test_does_not_take_half_a_year_for_a_whole(self):
        page = read_old_page(SEED[:-2])

        assert page.is_cut
        assert page.milestones[-1].date is None

    def test_refuses_another_answer_than_yes_or_no(self):
        with pytest.raises(OldPageError, match="Line 66: “Delvis” is no answer"):
            read_old_page(SEED.decode().replace(": Ja", ": Delvis", 1).encode())

    @pytest.mark.parametrize(
        ("title", "read"),
        [
            ("UTGÅTT - MP 1 - Mandat", ("MP 1", "Mandat", True)),
            ("MP2 - UTGÅTT - Mandat", ("MP2", "Mandat", True)),
            ("MP3: Mandat (utgått)", ("MP3", "Mandat", True)),
            ("Utgåtte avtaler ryddet", ("", "Utgåtte avtaler ryddet", False)),
            ("MP4", ("MP4", "MP4", False)),
            ("BP2 - Valg av konsept", ("BP2", "Valg av konsept", False)),
            ("COVID 19 - tiltak", ("", "COVID 19 - tiltak", False)),
            ("Milepæl 3: Pilot", ("Milepæl 3", "Pilot", False)),
        ],
    )
    def test_takes_titles_apart(self, title, read):
        data = changed("MP8 - Avvikling av FKJI AS gjennomført", title)

        last = read_old_page(data).milestones[-1]

        assert (last.code, last.title, last.is_obsolete) == read
