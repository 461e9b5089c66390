"""Content to walk through by keys."""

# What keys.js and site.js need of a page: the attributes are a contract with the overview.
ROWS = """
<tbody id="rows">
  <tr data-row><td><input type="checkbox" aria-label="Velg Alfa"></td><td><a href="#alfa">Alfa</a></td></tr>
  <tr data-row><td><input type="checkbox" aria-label="Velg Beta"></td><td><a href="#beta">Beta</a></td></tr>
  <tr data-row hidden><td><a href="#skjult">Skjult</a></td></tr>
  <tr data-row><td><a href="#gamma">Gamma</a> <a href="#annet">Annet</a></td></tr>
</tbody>
"""
PANEL = """
<details id="eier" data-panel name="panel">
  <summary>Eier</summary>
  <input type="checkbox" id="ks" aria-label="KS" hx-get="/utsnitt/" hx-target="#filters" hx-swap="outerHTML">
</details>
"""
FILTERS = f'<form id="filters" data-keys="filters">{PANEL}</form>'
CONTENT = f"""
{FILTERS}
<button type="button" popovertarget="visninger">Visninger</button>
<nav id="visninger" popover data-keys="views" aria-label="Visninger"><a href="#min">Min visning</a></nav>
<a href="#tabell" data-keys="way-1">Tabell</a>
<a href="#tidslinje" data-keys="way-2">Tidslinje</a>
<a href="#fordeling" data-keys="way-3">Fordeling</a>
<textarea aria-label="Merknad"></textarea>
<table>{ROWS}</table>
<p>Slutt.</p>
"""


def fill(page):
    # As on a page with htmx of its own, which takes htmx's ban off main.
    page.evaluate(
        """content => {
            const main = document.querySelector("main");
            main.removeAttribute("hx-disable");
            main.innerHTML = content;
            htmx.process(main);
        }""",
        CONTENT,
    )


def link(page, name):
    return page.get_by_role("link", name=name, exact=True)
