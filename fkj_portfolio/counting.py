"""Numbers at the start of lines: those that count a list, and those that are part of what the line says.

Markdown takes "15. juni" for the fifteenth item of a list, shows "20. juni" below it as the
sixteenth, and takes "+ 3 %" for a bullet. Here numbers are a list only where a line has the next
one, and neither is a day, a quarter or a year, nor begins with 0. So no number is ever shown as
another than was typed.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block

NUMBER = re.compile(r"([0-9]{1,9})([.)])(?:([ \t]+)|$)")
#: Longer ones are years.
LONGEST_COUNT = 3
#: What follows the number of a day or of a part of the year, in Norwegian and English; such a word
#: begins no item of a list.
AFTER_DAY = re.compile(
    r"(?i:(?:jan(?:uary?)?|feb(?:ruary?)?|mars|march|apr(?:il)?|mai|may|june?i?|jul[iy]?|aug(?:ust)?"
    r"|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[sc](?:ember)?"
    r"|kvartal|quarter|tertial|halvår|halvdel|half|uke|veke|week)\b"
    r"|(?:(?:og|til|eller|and|to|or)\b|[-–/])[ ]*[0-9])",
)


def count_lists(parser: MarkdownIt) -> None:
    """Let a parser of Markdown make lists only of numbers that count."""
    ruler = parser.block.ruler
    ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.before("list", "end_of_count", _ends_count, {"alt": ["list"]})


def _list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Begin a list where there is one; what is asked silently is whether one ends what is above."""
    is_below_an_item = silent and state.sCount[line] < state.blkIndent
    return (is_below_an_item or _begins(state, line, end)) and list_block(state, line, end, silent)


def _ends_count(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Return whether a list ends before this line, since its number does not follow the last."""
    number = _number(state, line)
    if not silent or number is None:
        return False
    last = next(
        token
        for token in reversed(state.tokens)
        if token.type == "list_item_open" and token.level == state.level
    )
    return bool(last.info) and not _follows(number, int(last.info))


def _begins(state: StateBlock, line: int, end: int) -> bool:
    """Return whether a line begins with a bullet, or with a number that the next numbered line counts on."""
    if state.src.startswith("+", state.bMarks[line] + state.tShift[line]):
        return False
    number = _number(state, line)
    if number is None:
        return True
    if _is_said(number):
        return False
    width = state.sCount[line] - state.blkIndent + number.end() - number.start()
    is_after_blank = False
    for following in range(line + 1, end):
        if state.isEmpty(following):
            is_after_blank = True
            continue
        indent = state.sCount[following] - state.blkIndent
        if indent < 0:
            return False
        if indent < width:
            if after := _number(state, following):
                return after[2] == number[2] and _follows(after, int(number[1]))
            if is_after_blank:
                return False
    return False


def _number(state: StateBlock, line: int) -> re.Match[str] | None:
    return NUMBER.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _follows(number: re.Match[str], last: int) -> bool:
    return int(number[1]) == last + 1 and not _is_said(number)


def _is_said(number: re.Match[str]) -> bool:
    """Return whether a number is a year, a day or part of one by the word that follows it, or begins with 0."""
    is_long = len(number[1]) > LONGEST_COUNT
    is_padded = number[1] != str(int(number[1]))
    return is_long or is_padded or bool(AFTER_DAY.match(number.string, number.end()))
