"""Designsystemet's style sheet without what no page needs."""

import pytest
import tinycss2

from tests import stylesheet


def made_of(css: str, *words: str) -> str:
    """Return what is left of a style sheet when only these names are known."""
    rules = tinycss2.parse_stylesheet(css)
    return "".join(stylesheet._needed(rules, lambda name: name in words)).replace("\n", "")


class TestStyleSheet:
    def test_is_what_the_script_makes_of_the_vendored_one(self):
        assert stylesheet.MADE.read_text("utf-8") == stylesheet.make()

    def test_is_less_than_half_of_it(self):
        _version, whole = stylesheet._vendored()

        assert len(stylesheet.make()) < len(whole) / 2

    def test_names_the_licence_of_what_it_is_made_of(self):
        version, _whole = stylesheet._vendored()

        assert (
            f"MIT, Digitaliseringsdirektoratet: static/vendor/designsystemet-css/{version}/"
            in (stylesheet.make().partition("\n")[0])
        )

    def test_says_when_a_new_version_no_longer_has_what_is_rewritten(self, monkeypatch):
        monkeypatch.setattr(stylesheet, "_vendored", lambda: ("9.9", ".a{b:c}"))

        with pytest.raises(LookupError, match=r"9\.9 no longer says"):
            stylesheet.make()


class TestRules:
    @pytest.mark.parametrize(
        "selector",
        [
            ".ds-tabs",
            "a.ds-tabs>.ds-button",
            ".ds-button:is(.ds-tabs,.ds-tabs--lg)",
            ":where(.ds-tabs) .ds-button",
            ".ds-button:has(>.ds-tabs)",
            ".ds-button[data-icon]",
            ".ds-button[data-size=lg]",
            '.ds-button[data-size="lg"]',
            "u-tabs",
        ],
    )
    def test_that_can_hold_for_nothing_are_left_out(self, selector):
        assert not made_of(f"{selector}{{top:0}}", ".ds-button", "[data-size]", "[data-size=sm]")

    @pytest.mark.parametrize(
        "selector",
        [
            ".ds-button",
            ".ds-button:is(.ds-tabs,:hover)",
            ".ds-button:not(.ds-tabs)",
            ":root",
            ".ds-button::-webkit-search-cancel-button",
            ".ds-button[readonly]",
            ".ds-button[data-size]",
            ".ds-button[data-size=sm]",
            '.ds-button[data-icon="sm" i]',
            "table>svg",
        ],
    )
    def test_that_may_hold_or_cannot_be_judged_stay(self, selector):
        names = [".ds-button", "[data-size]", "[data-size=sm]", "[data-icon=sm]"]
        rule = f"{selector}{{top:0}}"

        assert made_of(rule, *names) == rule

    def test_keep_the_selectors_that_may_hold(self):
        assert made_of(".ds-tabs,.ds-tag{top:0}", ".ds-tag") == ".ds-tag{top:0}"

    def test_go_with_the_group_around_them(self):
        css = "@layer a,b;@layer a{@media print{.ds-tabs{top:0}}}@layer b{.ds-tag{top:0}}"

        assert made_of(css, ".ds-tag") == "@layer a,b;@layer b{.ds-tag{top:0}}"

    def test_stay_whole_inside(self):
        rule = ".ds-tag{top:0;&[data-tabs]{top:1px}}"

        assert made_of(rule, ".ds-tag") == rule


class TestWords:
    def test_a_class_that_is_composed_counts_as_all_that_it_may_become(self, monkeypatch, tmp_path):
        page = tmp_path / "page.html"
        page.write_text('<i class="ds-tag--{{ kind }}"></i>', "utf-8")
        monkeypatch.setattr(stylesheet, "_files", lambda: [page])
        stylesheet._words.cache_clear()
        try:
            assert stylesheet.is_ours(".ds-tag--small")
            assert not stylesheet.is_ours(".ds-tabs")
        finally:
            stylesheet._words.cache_clear()

    def test_a_script_names_an_attribute_otherwise(self):
        assert stylesheet._attribute("colorScheme") == "data-color-scheme"


class TestPages:
    def test_are_told_of_that_need_what_was_left_out(self, tmp_path):
        page = tmp_path / "page.html"
        page.write_text('<u-tabs class="ds-tag ds-tabs"><i data-size="2xl"></i></u-tabs>', "utf-8")

        said = "\n".join(stylesheet.missing([page]))

        assert "lacks .ds-tabs" in said
        assert "lacks [data-size=2xl]" in said
        assert ".ds-tag," not in said

    def test_need_nothing_of_it_otherwise(self, tmp_path):
        page = tmp_path / "page.html"
        page.write_text('<p class="ds-tag page" data-size="sm" data-keys></p>', "utf-8")

        assert not stylesheet.missing([page])
