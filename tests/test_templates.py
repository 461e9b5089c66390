from django.template import engines

from fkj_portfolio.templates import Loader


def test_templates_lose_their_indentation_and_keep_their_lines(tmp_path):
    loader = Loader(engines["django"].engine, [tmp_path])
    for name in ("page.html", "letter.txt"):
        (tmp_path / name).write_text("<ul>\n  <li>\n\n</ul>")

    page, letter = (
        loader.get_contents(next(loader.get_template_sources(name)))
        for name in ("page.html", "letter.txt")
    )

    assert page == "<ul>\n<li>\n\n</ul>"
    assert letter == "<ul>\n  <li>\n\n</ul>"
