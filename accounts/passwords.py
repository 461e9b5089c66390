"""The rules for passwords, in words that Django's own catalogues lack."""

import re

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: What may be left when the words that everyone here knows are taken away.
LEFT = 4


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Write at least %(count)s characters.") % {"count": self.min_length}


class ContextWordsValidator:
    """Refuses what is little more than the name of the site or a word of the trade, as "Portefølje2026!"."""

    def validate(self, password: str, user: object = None) -> None:
        words = map(_folded, [settings.SITE_NAME, *settings.PASSWORD_WORDS])
        known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        folded = _folded(password)
        rest = re.sub(rf"{known}|[\d\W_]", "", folded)
        if re.search(known, folded) and len(rest) < LEFT:
            raise ValidationError(
                _("The password is too easy to guess for those who know what we do.")
            )

    def get_help_text(self) -> str:
        return ""


def _folded(text: str) -> str:
    """Return a text with one letter for each way to write the Norwegian ones: ø, oe and o are the same."""
    plain = text.lower().translate(str.maketrans("æøå", "aoa"))
    return re.sub("aa|ae", "a", plain.replace("oe", "o"))
