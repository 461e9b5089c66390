"""The search of the whole site."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.forms import CharField
from projects.models.search import words_of


def has_words(text: str) -> None:
    """Refuse a search of signs alone; raises ValidationError."""
    if not words_of(text):
        raise forms.ValidationError(
            _("Write a word or a number; signs alone find nothing."), code="no_words"
        )


class SearchForm(forms.Form):
    """The words to look for; all of them must be found, in a project, its owner or its milestones."""

    search = CharField(
        label=_("Search the portfolio"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
        validators=[has_words],
    )

    def add_prefix(self, field_name: str) -> str:
        return "sok"
