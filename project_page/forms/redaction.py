"""The form that takes words away from the texts of a project."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fkj_portfolio.forms import CharField
from fkj_portfolio.marks import pattern_of
from projects.models import Project, RedactionReason
from projects.redaction import WordsFound, find


class RedactionForm(forms.Form):
    """Words to take away, and why; first it finds them, and then asks whether it is those.

    It carries what was seen. When something else is found than that, it is refused, so that it is
    seen first. What was found stays in `found`.
    """

    phrase = CharField(
        label=gettext_lazy("Words to take away"),
        help_text=gettext_lazy(
            "A name, a number or a whole sentence, as it stands on the page. Capitals and line "
            "breaks make no difference, and an s at the end is taken along."
        ),
        max_length=300,
    )
    match_case = forms.BooleanField(
        label=gettext_lazy("Tell capitals from small letters"), required=False
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Stands in place of the words, where everyone can read it."),
        choices=RedactionReason,
        widget=forms.RadioSelect,
        initial=RedactionReason.PERSONAL,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    found: WordsFound | None = None

    def __init__(self, data: QueryDict | None, *, project: Project) -> None:
        super().__init__(data)
        self.project = project
        # Nobody's browser is to remember what is to be forgotten.
        self.fields["phrase"].widget.attrs |= {"autocomplete": "off", "autofocus": data is None}

    def clean_phrase(self) -> str:
        phrase: str = self.cleaned_data["phrase"]
        if sum(map(str.isalnum, phrase)) < 2:
            raise forms.ValidationError(_("Write at least two letters or numbers."))
        return phrase

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if phrase := cleaned.get("phrase"):
            pattern = pattern_of(phrase, match_case=cleaned.get("match_case", False))
            self.found = find(self.project, pattern, phrase) or None
            if self.found is None:
                self.add_error("phrase", _("The words are in no text of the project."))
        return cleaned

    def is_confirmed(self) -> bool:
        """Return whether all that is found now has been seen."""
        return self.found is not None and self.cleaned_data["seen"] == self.found.digest

    def show(self) -> None:
        """Carry what is shown now."""
        assert self.found
        posted = cast("QueryDict", self.data).copy()
        posted[self.add_prefix("seen")] = self.found.digest
        self.data = posted
