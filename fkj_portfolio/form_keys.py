"""The key of a form: made anew with each page, so that a form sent twice is known again, and signed with whom it is for.

`{% form_key %}` stands beside `{% csrf_token %}` in every form that sends something. One key
serves all forms of a page: what is sent where tells them apart.
"""

import uuid
from typing import Any

from django import template
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.html import format_html

#: The name of the hidden field.
FORM_KEY = "form-key"
SIGNER = Signer(salt="form-key")

register = template.Library()


@register.simple_tag(takes_context=True, name="form_key")
def form_key_tag(context: template.Context) -> str:
    """Carry the page's key, in the templates of the administration."""
    return form_key(context["request"])


def form_key(request: Any) -> str:
    """Carry the page's key; a page for nobody in particular has none."""
    if not request.user.is_authenticated:
        return ""
    if not hasattr(request, "form_key"):
        request.form_key = SIGNER.sign(f"{request.user.pk}.{uuid.uuid4().hex}")
    return format_html('<input type="hidden" name="{}" value="{}">', FORM_KEY, request.form_key)


def sent_key(request: HttpRequest) -> str:
    """Return the key that a form was sent with; empty if it has none of ours."""
    key = request.POST.get(FORM_KEY, "")
    try:
        SIGNER.unsign(key)
    except BadSignature:
        return ""
    return key


def made_for(request: HttpRequest) -> str:
    """Return the primary key of the user for whom the form that was sent was made; empty if nobody knows."""
    return sent_key(request).partition(".")[0]
