"""The rule for the length of a password, in words that Django's own catalogues lack."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Write at least %(count)s characters.") % {"count": self.min_length}
