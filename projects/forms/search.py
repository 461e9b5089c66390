"""The search of the whole site."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fkj_portfolio.forms import CharField


class SearchForm(forms.Form):
    """The words to look for; all of them must be found, in a project, its owner or its milestones."""

    search = CharField(
        label=_("Search the portfolio"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def add_prefix(self, field_name: str) -> str:
        return "sok"
