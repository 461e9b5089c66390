"""Templates that hide nothing: a variable that is not there fails, and tests see what a view has given its page."""

from typing import Any

import jinja2
import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test.signals import template_rendered

from fkj_portfolio import templates


def be_strict() -> None:
    """Let a missing variable fail; called before the first page is rendered.

    Only on our pages: the administration of Django asks for what it may have or not.
    """
    settings.TEMPLATES[0]["OPTIONS"]["undefined"] = jinja2.StrictUndefined


def tell_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell Django's test client what a page is given, as Django's own engine does, for `response.context`."""
    render = templates.Template.render

    def render_and_tell(
        template: templates.Template, context: Any = None, request: HttpRequest | None = None
    ) -> str:
        if request is not None:
            given = dict(context or {})
            frame: dict[str, Any] = {}
            for processor in template.backend.template_context_processors:
                frame |= processor(request)
            hidden = given.keys() & frame
            assert not hidden, f"{hidden} of the view are hidden by what every page has."
            template_rendered.send(
                sender=template, template=template.template, context=frame | given
            )
        return render(template, context, request)

    monkeypatch.setattr(templates.Template, "render", render_and_tell)
