"""Pages of the past, and what they say."""

from bs4 import BeautifulSoup


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def words(element):
    return " ".join(element.text.split())


def banner(response):
    return soup(response).select_one(".as-of-banner")


def titles(response):
    return [project.title for project in response.context["page"]]
