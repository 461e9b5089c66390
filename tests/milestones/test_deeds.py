"""What was done to a milestone from one version to another."""

import datetime

import pytest
from django.utils import translation

from milestones.deeds import TELLINGS, Deed, changes_in_words, deeds, past_tense
from milestones.models import Milestone

APRIL, MAY, JUNE = (datetime.date(2026, month, 1) for month in (4, 5, 6))
WITHIN = {"within": (APRIL, JUNE)}

DUE = {"original_due_on": MAY, "due_on": MAY}
UNDATED = {"original_due_on": None, "due_on": None}
DELIVERED = {"is_delivered": True, "delivered_on": MAY}
OBSOLETE = {"is_obsolete": True, "obsolete_on": MAY, "obsolete_reason": "Trengs ikke."}


def version(**values):
    return Milestone(**{"pk": 1, "code": "MP1", "title": "Plan", "position": 1} | DUE | values)


class TestDeeds:
    @pytest.mark.parametrize(
        ("before", "after", "done"),
        [
            ({}, {}, []),
            ({}, {"code": "MP2"}, [Deed.RENAMED]),
            ({}, {"title": "Veileder"}, [Deed.RENAMED]),
            ({}, DELIVERED, [Deed.DELIVERED]),
            ({}, {"is_delivered": True}, [Deed.DELIVERED]),
            (DELIVERED, {}, [Deed.REOPENED]),
            (DELIVERED, DELIVERED | {"delivered_on": JUNE}, []),
            ({}, OBSOLETE, [Deed.WITHDRAWN]),
            (OBSOLETE, {}, [Deed.RESTORED]),
            (OBSOLETE, OBSOLETE | {"obsolete_reason": "Slått sammen."}, []),
            ({}, DELIVERED | OBSOLETE, [Deed.DELIVERED, Deed.WITHDRAWN]),
            (DELIVERED, OBSOLETE, [Deed.REOPENED, Deed.WITHDRAWN]),
            (OBSOLETE, DELIVERED, [Deed.DELIVERED, Deed.RESTORED]),
            ({}, {"due_on": JUNE}, [Deed.MOVED]),
            ({}, {"due_on": APRIL}, [Deed.MOVED]),
            (UNDATED, {}, [Deed.DUE_SET]),
            ({}, UNDATED, []),
            ({}, {"original_due_on": APRIL}, []),
            ({}, {"new_baseline_on": JUNE}, [Deed.REBASELINED]),
            ({"new_baseline_on": MAY}, {"new_baseline_on": JUNE}, [Deed.REBASELINED]),
            ({"new_baseline_on": JUNE}, {"new_baseline_on": JUNE}, []),
            ({"new_baseline_on": JUNE}, {}, []),
            ({}, {"position": 2}, [Deed.PLACED]),
            ({}, {"description": "Ny."}, []),
            (
                {},
                {"title": "Veileder", "due_on": JUNE, "new_baseline_on": JUNE, "position": 2}
                | DELIVERED
                | OBSOLETE,
                [
                    Deed.RENAMED,
                    Deed.DELIVERED,
                    Deed.WITHDRAWN,
                    Deed.MOVED,
                    Deed.REBASELINED,
                    Deed.PLACED,
                ],
            ),
        ],
    )
    def test_of_one_that_was_there_both_times(self, before, after, done):
        assert list(deeds(version(**before), version(**after))) == done

    @pytest.mark.parametrize("state", [{}, DELIVERED, OBSOLETE, DELIVERED | OBSOLETE])
    def test_of_one_that_came_or_went(self, state):
        assert list(deeds(None, version(**state))) == [Deed.ADDED]
        assert list(deeds(version(**state), None)) == [Deed.DELETED]
        assert list(deeds(version(**state), None, was_moved=True, **WITHIN)) == [Deed.DELETED]

    @pytest.mark.parametrize(
        ("state", "done"),
        [
            ({}, []),
            (DELIVERED, [Deed.DELIVERED]),
            (OBSOLETE, [Deed.WITHDRAWN]),
            (DELIVERED | OBSOLETE, [Deed.DELIVERED, Deed.WITHDRAWN]),
            # The first day has ended before, and the last one counts.
            (DELIVERED | {"delivered_on": APRIL}, []),
            (DELIVERED | {"delivered_on": JUNE}, [Deed.DELIVERED]),
            (OBSOLETE | {"obsolete_on": APRIL}, []),
            (OBSOLETE | {"obsolete_on": JUNE}, [Deed.WITHDRAWN]),
            (DELIVERED | {"delivered_on": datetime.date(2026, 6, 2)}, []),
            (DELIVERED | {"delivered_on": None}, []),
        ],
    )
    def test_of_one_that_came_with_what_was_done_within_the_days(self, state, done):
        assert list(deeds(None, version(**state), **WITHIN)) == [Deed.ADDED, *done]

    @pytest.mark.parametrize(
        ("before", "done"),
        [
            (version(), [Deed.MOVED]),
            (version(due_on=JUNE), [Deed.MOVED]),
            (version(**UNDATED), [Deed.DUE_SET, Deed.MOVED]),
            (None, [Deed.ADDED, Deed.MOVED]),
        ],
    )
    def test_of_one_that_was_moved_on_the_way(self, before, done):
        assert list(deeds(before, version(), was_moved=True)) == done


class TestTellings:
    def test_are_there_for_every_deed(self):
        assert set(TELLINGS) == set(Deed)

    @pytest.mark.parametrize("deed", Deed)
    def test_name_columns_that_there_are(self, deed):
        columns = {field.attname for field in Milestone._meta.concrete_fields}

        assert columns.issuperset(TELLINGS[deed].columns)


class TestPastTense:
    @pytest.mark.parametrize(
        ("before", "after", "words"),
        [
            (None, {}, "added the delivery MP1 - Plan"),
            ({}, None, "deleted the delivery MP1 - Plan"),
            ({}, {"code": ""}, "changed the name of a delivery from “MP1 - Plan” to “Plan”"),
            ({}, DELIVERED, "marked MP1 as delivered on 01.05.2026"),
            ({}, {"is_delivered": True}, "marked MP1 as delivered, without a date"),
            (DELIVERED, {}, "took back that MP1 was delivered on 01.05.2026"),
            ({"is_delivered": True}, {}, "took back that MP1 was delivered"),
            ({}, OBSOLETE, "made MP1 obsolete: Trengs ikke."),
            ({}, {"is_obsolete": True}, "made MP1 obsolete"),
            (OBSOLETE, {}, "took back that MP1 is obsolete"),
            ({}, {"due_on": JUNE}, "changed the due date of MP1 from 01.05.2026 to 01.06.2026"),
            (UNDATED, {}, "set the due date of MP1 to 01.05.2026"),
            ({}, {"position": 2}, "changed the order of the deliveries"),
            # Told from the date that was decided.
            ({}, {"new_baseline_on": JUNE}, ""),
        ],
    )
    def test_names_what_is_known(self, before, after, words):
        was = None if before is None else version(**before)
        now = None if after is None else version(**after)
        (deed,) = deeds(was, now)

        with translation.override("en"):
            assert past_tense(deed, was, now) == words


class TestChangesInWords:
    def test_are_a_sentence_each_with_those_last_that_are_gone(self):
        before = [version(pk=1, code="MP1"), version(pk=2, code="MP2"), version(pk=3, code="MP3")]
        now = [version(pk=4, code="MP4"), version(pk=3, code="MP3", due_on=JUNE, **DELIVERED)]

        with translation.override("en"):
            assert changes_in_words(before, now) == [
                "MP4 is added.",
                "MP3 is delivered.",
                "MP3 is now due 01.06.2026, 31 days later.",
                "MP1 is deleted.",
                "MP2 is deleted.",
            ]

    @pytest.mark.parametrize(
        ("before", "now", "words"),
        [
            (DELIVERED, {}, ["MP1 is no longer delivered."]),
            ({}, OBSOLETE, ["MP1 is obsolete."]),
            (OBSOLETE, {}, ["MP1 is no longer obsolete."]),
            (UNDATED, {}, ["MP1 is now due 01.05.2026."]),
            (
                {},
                {"new_baseline_on": JUNE},
                ["The slip of MP1 counts from a new baseline, 01.06.2026."],
            ),
            ({}, {"title": "Veileder", "position": 2, "description": "Ny."}, []),
        ],
    )
    def test_say_what_a_report_is_about(self, before, now, words):
        with translation.override("en"):
            assert changes_in_words([version(**before)], [version(**now)]) == words
