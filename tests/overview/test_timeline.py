import datetime
import gzip
import itertools

import pytest
from bs4 import BeautifulSoup
from django.template import engines

from milestones.models import Milestone
from overview.looks.timeline import AxisStep, timeline
from overview.looks.timeline.axis import Scale, choose_axis, read_period
from overview.looks.timeline.items import Reader, Standing
from overview.looks.timeline.rows import LANE, MOST_LANES
from projects.models import Project
from tests.factories import MilestoneFactory, ProjectFactory
from tests.portfolio import TODAY, YESTERDAY

numbers = itertools.count(1)


def day(text):
    return datetime.date.fromisoformat(text)


def milestone(due="", original="", *, delivered="", **values):
    """Make a milestone, which needs no database; `delivered` may be a day, or True when none is known."""
    return Milestone(
        pk=next(numbers),
        title=values.pop("title", "Styringsdokument"),
        due_on=day(due) if due else None,
        original_due_on=day(original or due) if original or due else None,
        is_delivered=bool(delivered),
        delivered_on=day(delivered) if isinstance(delivered, str) and delivered else None,
        **values,
    )


def project(*milestones, title="Felles kommunal journal"):
    number = next(numbers)
    made = Project(pk=number, title=title, slug=f"prosjekt-{number}", is_published=True)
    made.timeline_milestones = list(milestones)
    return made


def address(**changes):
    return "/?" + "&".join(f"{name}={value}" for name, value in changes.items())


def drawn(*projects, **options):
    return timeline(projects, today=TODAY, address=address, **options)


def html_of(picture):
    template = engines["templates"].env.get_template("overview/_timeline.html")
    return template.module.drawn_timeline(picture)


def rendered(picture):
    return BeautifulSoup(html_of(picture), "html.parser")


def item(milestone):
    return Reader(today=TODAY).read(milestone, "/prosjekter/a/")


class TestAxis:
    def axis(self, scale, *days, start=None):
        return choose_axis(scale, [day(each) for each in days], today=TODAY, start=start)

    def test_shows_eight_quarters_three_of_them_before_today(self):
        axis = self.axis(Scale.QUARTER)

        assert axis.words == "4. kvartal 2025 til 3. kvartal 2027"
        assert [tick.short for tick in axis.ticks] == [
            "K4",
            "K1",
            "K2",
            "K3",
            "K4",
            "K1",
            "K2",
            "K3",
        ]
        assert [tick.year for tick in axis.ticks if tick.year] == ["2025", "2026", "2027"]

    def test_shows_four_years_by_half_year(self):
        assert self.axis(Scale.HALF_YEAR).words == "1. halvår 2025 til 2. halvår 2028"

    def test_shows_every_year_with_a_milestone(self):
        axis = self.axis(Scale.YEAR, "2021-05-05", "2029-01-01")

        assert axis.words == "2021 til 2029"
        assert [tick.year for tick in axis.ticks][:2] == ["2021", "2022"]

    def test_is_not_stretched_by_a_year_far_away(self):
        axis = self.axis(Scale.YEAR, "0026-05-05", "9999-12-31")

        assert axis.words == "2016 til 2035"
        assert len(axis.ticks) == 10

    def test_begins_where_the_address_says(self):
        axis = self.axis(Scale.HALF_YEAR, start=day("2024-10-01"))

        assert axis.words == "2. halvår 2024 til 1. halvår 2028"
        assert axis.scale.value_of(axis.first) == "2024-H2"

    def test_makes_all_periods_equally_wide(self):
        axis = self.axis(Scale.QUARTER)

        assert axis.place(day("2025-10-01")) == 0
        assert axis.place(day("2026-01-01")) == 12.5
        assert axis.place(day("2027-09-30")) < 100 <= axis.place(day("2027-10-01"))
        assert axis.place(day("2025-09-30")) < 0

    def test_draws_today_only_where_it_is(self):
        assert self.axis(Scale.QUARTER).today_x == "38.7%"
        assert self.axis(Scale.QUARTER, start=day("2020-01-01")).today_x == ""

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("2026", "2026-01-01"),
            ("2026-K3", "2026-07-01"),
            ("2026-H2", "2026-07-01"),
            (" 2026-h1 ", "2026-01-01"),
        ],
    )
    def test_reads_a_period_of_any_scale(self, text, first):
        assert read_period(text) == day(first)

    @pytest.mark.parametrize("text", ["", "2026-K5", "2026-H3", "0000", "26", "2026-07-01", "٢٠٢٦"])
    def test_knows_nonsense(self, text):
        assert read_period(text) is None

    def test_writes_what_it_reads(self):
        for scale in Scale:
            number = scale.number_of(TODAY)
            assert scale.number_of(read_period(scale.value_of(number))) == number


class TestState:
    @pytest.mark.parametrize(
        ("made", "state", "words"),
        [
            (
                milestone("2026-03-01", "2025-12-01", code="MP5"),
                Standing.OVERDUE,
                "MP5 Styringsdokument, forfalt, frist 1. mars 2026, opprinnelig 1. desember 2025",
            ),
            (
                milestone("2026-07-10"),
                Standing.OPEN,
                "Styringsdokument, ikke levert, frist 10. juli 2026",
            ),
            (milestone(), Standing.OPEN, "Styringsdokument, ikke levert"),
            (
                milestone("2026-03-01", delivered="2026-03-09"),
                Standing.DELIVERED,
                "Styringsdokument, levert 9. mars 2026, opprinnelig frist 1. mars 2026",
            ),
            (
                milestone("2026-03-01", delivered=True),
                Standing.DELIVERED,
                "Styringsdokument, levert, leveransedato ikke oppgitt, frist 1. mars 2026",
            ),
            (
                milestone("2026-03-01", is_obsolete=True),
                Standing.OBSOLETE,
                "Styringsdokument, utgått, frist 1. mars 2026",
            ),
            (
                milestone("2026-03-01", delivered="2026-03-01", is_obsolete=True),
                Standing.NOT_NEEDED,
                "Styringsdokument, levert 1. mars 2026, utgått",
            ),
        ],
    )
    def test_is_told_in_words(self, made, state, words):
        assert item(made).state == state
        assert item(made).words == words

    def test_writes_the_dates_of_the_table(self):
        moved = item(milestone("2026-03-01", "2025-12-01"))
        undated = item(milestone())
        unknown = item(milestone("2026-03-01", delivered=True))

        assert (moved.original, moved.date) == ("01.12.2025", "01.03.2026")
        assert (undated.original, undated.date) == ("ikke oppgitt", "ikke oppgitt")
        assert unknown.date == "ikke oppgitt, frist 01.03.2026"


class TestRow:
    def row(self, *milestones, **options):
        return drawn(project(*milestones), **options).rows[0]

    def test_stacks_the_milestones_of_one_day(self):
        row = self.row(*(milestone("2026-09-01") for _ in range(3)))

        assert [marker.y for marker in row.markers] == ["12", "36", "60"]
        assert len({marker.x for marker in row.markers}) == 1
        assert row.height == 3 * LANE

    def test_keeps_those_far_apart_in_one_lane(self):
        row = self.row(milestone("2027-02-01"), milestone("2026-09-01"))

        assert [marker.y for marker in row.markers] == ["12", "12"]
        assert row.markers[0].item.on < row.markers[1].item.on

    def test_says_how_many_there_is_no_room_for(self):
        row = self.row(*(milestone("2026-09-01") for _ in range(MOST_LANES + 2)))

        assert len(row.markers) == MOST_LANES
        assert row.notes == ["2 til som det ikke er plass til her"]

    def test_draws_a_line_from_the_original_date(self):
        marker = self.row(milestone("2026-10-01", "2026-07-01")).markers[0]

        assert (marker.line_x, marker.x, marker.was_shown) == ("37.5%", "50.0%", True)

    def test_draws_a_line_from_the_edge_when_the_original_date_is_outside(self):
        marker = self.row(milestone("2026-10-01", "2024-07-01")).markers[0]

        assert (marker.line_x, marker.was_shown) == ("0.0%", False)

    def test_draws_no_line_that_the_marker_would_hide(self):
        marker = self.row(milestone("2026-10-01", delivered="2026-10-05")).markers[0]

        assert marker.line_x == ""

    def test_lets_no_line_cross_a_marker(self):
        row = self.row(milestone("2027-04-01", "2026-07-01"), milestone("2026-10-01"))

        assert [marker.y for marker in row.markers] == ["36", "12"]

    def test_writes_the_code_before_a_marker_whose_line_comes_from_the_right(self):
        row = self.row(milestone("2026-10-01", "2027-01-01", code="MP1"))

        assert row.markers[0].code == "MP1"
        assert row.markers[0].code_first

    def test_leaves_out_a_code_that_is_too_long(self):
        assert self.row(milestone("2026-10-01", code="Leveranse 10")).markers[0].code == ""

    def test_tells_what_lies_outside_and_what_has_no_date(self):
        row = self.row(
            milestone("2025-09-30"),
            milestone("2028-01-01"),
            milestone("2029-01-01"),
            milestone(),
            milestone(delivered=True),
        )

        assert row.markers == []
        assert ", ".join(row.notes) == "1 tidligere, 2 senere, 1 uten frist, 1 levert uten dato"

    def test_says_that_there_are_none(self):
        assert self.row().notes == ["Ingen leveranser"]

    def test_names_each_group_once(self):
        groups = {"A": "KS", "B": "KS", "C": "Helsedirektoratet"}
        projects = [project(title=title) for title in groups]
        picture = drawn(*projects, heading=lambda each: groups[each.title])

        assert [row.heading for row in picture.rows] == ["KS", "", "Helsedirektoratet"]
        assert [
            each.text for each in rendered(picture).select(".plan__group")
        ] == ["KS", "Helsedirektoratet"]  # fmt: skip


class TestTimeline:
    def portfolio(self):
        return [
            project(
                milestone("2026-03-01", "2025-12-01", code="MP1"),
                milestone("2026-03-01", delivered="2026-03-09", code="MP2"),
                milestone("2026-09-01", code="MP3"),
                milestone("2026-09-01", is_obsolete=True),
                milestone("2026-02-01", delivered="2026-02-01", is_obsolete=True),
            ),
            project(milestone("2021-03-01"), milestone("2030-01-01"), milestone()),
            project(),
        ]

    def test_shows_the_same_in_picture_table_and_sentence(self):
        page = rendered(drawn(*self.portfolio(), shows_table=True))

        rows = page.select(".plan__table tbody tr")
        states = [row.select("td")[1].text for row in rows]
        legend = [" ".join(each.text.split()) for each in page.select(".plan__legend li")]
        sentence = " ".join(page.select_one(".plan__sentence").text.split())
        assert len(rows) == 8
        for words in ("Levert 1", "Ikke levert 3", "Forfalt 2", "Utgått 1", "Levert, utgått 1"):
            assert words in legend
            assert states.count(words[:-2]) == int(words[-1])
        assert sentence == (
            "3 prosjekter på siden har 7 leveranser: 2 levert, 2 forfalt og 3 ikke levert ennå; "
            "1 til er utgått."
        )

    def test_draws_each_milestone_or_says_why_not(self):
        rows = drawn(*self.portfolio()).rows
        assert [len(row.items) for row in rows] == [5, 3, 0]
        for row in rows:
            outside = row.earlier + row.later + row.crowded_out + len(row.undated)
            assert len(row.markers) + outside == len(row.items)

    def test_names_each_marker_and_leads_to_its_place(self):
        page = rendered(drawn(*self.portfolio(), shows_table=True))

        markers = page.select("a.mark")
        # Of the eight milestones two are outside what is drawn, and one has no date.
        assert len(markers) == 5
        for marker in markers:
            row = page.select_one(f'.plan__table a[href="{marker["href"]}"]')
            assert "#leveranse-" in marker["href"]
            assert marker.title.text.startswith(row.text)

    def test_shows_the_table_when_asked_for(self):
        without = rendered(drawn(*self.portfolio()))
        with_it = rendered(drawn(*self.portfolio(), shows_table=True))

        assert without.select_one("#timeline-table")["hx-get"] == "/?table=ja"
        assert with_it.select_one("#timeline-table")["hx-get"] == "/?table="
        assert not without.select("table")
        assert len(with_it.select("table")) == 1

    def test_leads_from_the_overdue_to_the_projects_that_have_any(self):
        page = rendered(drawn(*self.portfolio()))

        assert page.select_one(".plan__sentence a")["href"] == "/?overdue=ja&page="
        assert not rendered(drawn(project())).select(".plan__sentence a")

    def test_keeps_every_address_to_the_day_that_is_shown(self):
        picture = drawn(project(milestone("2026-07-01")), as_of=YESTERDAY)

        row = picture.rows[0]
        assert row.page.endswith("/?per=2026-07-09")
        assert "/?per=2026-07-09#leveranse-" in row.markers[0].item.href

    def test_steps_by_half_of_what_is_shown(self):
        picture = drawn(project(milestone("2026-07-01")))

        assert picture.earlier == AxisStep(0, "/?start=2024-K4")
        assert picture.later == AxisStep(0, "/?start=2026-K4")

    def test_steps_as_far_as_to_the_nearest(self):
        picture = drawn(project(milestone("2021-05-01"), milestone("2031-05-01")))

        assert picture.earlier == AxisStep(1, "/?start=2021-K2")
        assert picture.later == AxisStep(1, "/?start=2029-K3")

    def test_leads_back_to_today(self):
        assert drawn().address_of_today == ""
        assert drawn(start=day("2021-01-01")).address_of_today == "/?start="

    def test_stays_at_the_same_time_on_another_scale(self):
        hrefs = dict(drawn(start=day("2021-04-01")).scales)

        assert hrefs[Scale.QUARTER] == "/?scale=&start=2021-K2"
        assert hrefs[Scale.HALF_YEAR] == "/?scale=halvar&start=2021-K2"
        assert hrefs[Scale.YEAR] == "/?scale=ar&start="

    def test_marks_the_scale_that_is_shown(self):
        page = rendered(drawn(*self.portfolio(), scale=Scale.HALF_YEAR))

        assert page.select_one(".plan__scales [aria-current]").text == "Halvår"

    def test_shows_all_by_year_and_has_nowhere_to_step(self):
        page = rendered(drawn(*self.portfolio(), scale=Scale.YEAR))

        assert len(page.select("a.mark")) == 7
        assert not page.select("#timeline-earlier, #timeline-later")

    def test_has_no_style_or_script_of_its_own(self):
        page = rendered(drawn(*self.portfolio()))

        assert not page.select("[style], style, script, [onclick]")

    def test_writes_what_people_have_written_as_text(self):
        html = str(rendered(drawn(project(milestone("2026-07-01", title="<b>&", code="<i>")))))

        assert "&lt;b&gt;&amp;" in html
        assert "<b>" not in html
        assert "<i>" not in html

    def test_is_small_with_many_milestones(self):
        def due(number):
            return str(TODAY + datetime.timedelta(days=number * 37 % 500 - 150))

        projects = [
            project(
                *(
                    milestone(due(9 * row + each), f"2026-0{each + 1}-01", code=f"MP{each + 1}")
                    for each in range(9)
                ),
                title=f"Digital hjemmeoppfølging {row}",
            )
            for row in range(25)
        ]
        html = html_of(drawn(*projects))

        assert html.count('<a class="mark') == 225
        assert len(gzip.compress(html.encode())) < 9_000


@pytest.mark.django_db
class TestWithTimelineMilestones:
    def test_needs_as_many_queries_for_many_projects(self, django_assert_num_queries):
        for made in ProjectFactory.create_batch(3):
            MilestoneFactory.create_batch(2, project=made)

        # The projects and the milestones.
        with django_assert_num_queries(2):
            projects = Project.objects.in_order().with_timeline_milestones()
            rendered(drawn(*projects))

    def test_brings_them_in_the_order_of_the_project(self):
        made = ProjectFactory()
        second = MilestoneFactory(project=made, position=2)
        first = MilestoneFactory(project=made, position=1)

        assert Project.objects.with_timeline_milestones().get().timeline_milestones == [
            first,
            second,
        ]
