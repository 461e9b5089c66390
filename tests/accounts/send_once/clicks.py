"""Clicks on a form, and the answers."""

from django.contrib.messages import get_messages


def told(answer):
    return [str(each) for each in get_messages(answer.wsgi_request)]
