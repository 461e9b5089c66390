"""The words of the old pages: headings, statuses, risks and what to leave out."""

from __future__ import annotations

import re

KEY_BLOCK = "nøkkelinformasjon"
STATUS, RISK, DELIVERIES = "status", "risiko", "leveranser"
GOALS, OWNER, CONTACT, SEGMENT = "strategimål", "eier", "kontaktperson", "segment"

# What stands only in the key block, so that it tells the block from the sections below.
PLAIN_KEYS = frozenset({GOALS, OWNER, CONTACT, SEGMENT})
KEYS = PLAIN_KEYS | {STATUS, RISK}

STATUSES = ("Under kontroll", "Noen utfordringer", "Betydelige utfordringer")
RISKS = ("Lav", "Middels", "Høy", "Ikke rapportert")
ALLOWED = {STATUS: STATUSES, RISK: RISKS}

DELIVERED_FIELD = "Ferdigstilt og levert"
DATE_FIELD = "Leveransedato"
CUT_WORDS = ("Status", "Risiko", "Leveranser", DELIVERED_FIELD, DATE_FIELD)

COUNTS = re.compile(r"\ber ferdig med (\d{1,4}) av (\d{1,4}) leveranse", re.IGNORECASE)

# Lines of the site around the page, not of the project.
_CHROME = re.compile(
    r"(hopp|gå|skip)( rett)? (til|to) (hovedinnhold|innhold|forside|meny|søk|main|content).*"
    r"|til (hovedinnhold|forsiden)|søk|meny|lukk|logg inn|hjem|forside|forsiden|logo\b.*"
    r"|skriv ut|english|norsk|bokmål|nynorsk|du er her.*|du (benytter|bruker) en nettleser.*"
    r"|nettleseren din.*|.*\bbruker (informasjonskapsler|cookies)\b.*",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(sist|siste) (faglig(e)? )?(oppdatert|endret|endring|oppdatering)\b.*|publisert\b.*\d{4}.*"
    r"|fant du det du lette etter.*|var denne siden nyttig.*|til toppen|tilbake til\b.*"
    r"|del (denne )?siden.*|skriv ut|kontakt oss|personvern.*|tilgjengelighetserklæring.*"
    r"|følg oss.*|om nettstedet",
    re.IGNORECASE,
)


def as_heading(text: str) -> str:
    """The text in the form in which headings are compared."""
    return text.rstrip(" :").casefold()


def known_word(kind: str, text: str) -> str | None:
    """The status or risk that the text is, or None."""
    wanted = text.rstrip(" .").casefold()
    return next((word for word in ALLOWED[kind] if word.casefold() == wanted), None)


def is_chrome(text: str) -> bool:
    return _CHROME.fullmatch(text) is not None


def is_footer(text: str) -> bool:
    return _FOOTER.fullmatch(text) is not None


def is_prose(text: str) -> bool:
    """A sentence rather than a name, a title or a word of a vocabulary."""
    return len(text) > 100 or text.endswith((".", "!", "?", ":", ",", ";")) or ". " in text
