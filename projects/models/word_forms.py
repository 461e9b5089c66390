"""The forms of a Norwegian word, bokmål and nynorsk, that a search for one of them finds.

The words of a text are kept as they are written; it is the word that is asked for which is put
into all its forms. So nothing is shortened to a stem that other words share, as PostgreSQL's own
`norwegian` does: it takes "fastlege" for a form of "fast".
"""

import re
from collections.abc import Iterator

#: The endings of nouns, adjectives and verbs.
ENDINGS = ("a", "ar", "ane", "e", "en", "et", "er", "ene")
#: Those before an s that says whose it is.
OWNERS = ("", "en", "et", "er", "ene")
#: What the end of a word may be, the longest first.
END = re.compile(r"(?:(?<=er)ne|ene|ane|en|et|er|ar|(?<=\w{3}[rlnk])te|a|e|(?<=\w{3}[dgklmnrv])t)$")
#: Letters after which an s may say whose it is: not in "hus" and "pris".
OWNED = re.compile(r"[^\Wsxiuz]s$")
#: No word is shortened to less than this.
SHORTEST = 3
VOWELS = "aeiouyæøåé"

#: Words that stand in nearly every text, in bokmål and nynorsk, and so ask for nothing.
_COMMON = """
og eller men for som at så om enn då da når hvis dersom mens medan fordi både verken korkje også òg
i på å av til fra frå med ved hos mot mellom etter før under over gjennom uten utan innen innan ut
inn opp ned ut en et ei ein eit den det de dei denne dette disse desse slik slike
jeg eg du han hun ho vi me dere de meg deg seg ham henne oss dykk dem
min mi mitt mine din di ditt dine sin si sitt sine vår vårt våre hans hennes hennar deres deira dykkar
er var vær være vere vært vore blir blei ble bli blitt vert vart verte vorte har hadde ha hatt havt
kan kunne skal skulle vil ville må måtte bør burde får fikk fekk
ikke ikkje bare berre noe noko noen nokon nokre andre annen annan annet anna alle alt all hver kvar
hva kva hvem kven hvor kor hvordan korleis hvorfor kvifor hvilken hvilke kva
selv sjølv samme same mange mye mykje mer meir mest der her nå no siden sidan jo
"""
STOP_WORDS = frozenset(_COMMON.split())


def forms_of(word: str) -> set[str]:
    """Return a word and the forms that it and other words may have in common."""
    stems = set(_stems(word))
    if OWNED.search(word):
        stems |= set(_stems(word[:-1]))
    return {word, *(form for stem in stems for form in _forms(stem))}


def _stems(word: str) -> Iterator[str]:
    """Return a word and what is left of it without its ending, as they may stand alone."""
    if not word.endswith(("ene", "ane", "erne")):
        yield word
    end = END.search(word)
    stem = word[: end.start()] if end else ""
    if len(stem) < SHORTEST or not set(stem) & set(VOWELS):
        return
    yield stem
    if stem.endswith("mm"):
        # "Programmet" is of "program".
        yield stem[:-1]
    elif len(stem) > SHORTEST and stem[-1] in "rl" and stem[-2] not in VOWELS + "rl":
        # "Registre" is of "register", "midler" of "middel".
        double = stem[-2] if stem[-3] in VOWELS else ""
        yield from {f"{stem[:-1]}{each}e{stem[-1]}" for each in ("", double)}


def _forms(stem: str) -> Iterator[str]:
    yield stem
    yield from (stem + ending for ending in ENDINGS)
    yield from (f"{stem}{ending}s" for ending in OWNERS)
    if len(stem) > SHORTEST and stem[-1] in "dgklmnrv":
        yield from (f"{stem}t", f"{stem}te")
    if stem.endswith("er"):
        yield from (f"{stem}ne", f"{stem}nes")
    if stem.endswith("m") and not stem.endswith("mm"):
        yield from (f"{stem}m{ending}" for ending in ("e", "et", "er", "en", "ene", "a", "ets"))
    if len(stem) > SHORTEST + 1 and stem.endswith(("er", "el")):
        short = stem[:-2]
        short = short[:-1] if short[-1] == short[-2] else short
        yield from (f"{short}{stem[-1]}{ending}" for ending in ("e", "er", "et", "ene", "a"))
