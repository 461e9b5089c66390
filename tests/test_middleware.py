"""Login on a page of its own, and the language of the page."""

from dataclasses import dataclass

import pytest
from django.test import RequestFactory
from django.urls import reverse

from fkj_portfolio.wsgi import application


class TestLoginRequired:
    url = "/mine/"

    def test_sends_a_reader_to_the_login(self, client):
        response = client.get(self.url)

        assert response.status_code == 302
        assert response.url == f"{reverse('account_login')}?next={self.url}"

    def test_has_htmx_load_the_login_as_a_page(self, htmx_client):
        response = htmx_client.get(
            self.url, headers={"hx-current-url": "http://testserver/?eier=ks"}
        )

        assert response.headers["HX-Redirect"].startswith(reverse("account_login"))
        assert "next=/%3Feier%3Dks" in response.headers["HX-Redirect"]

    def test_lets_no_cache_mix_up_the_two(self, client, htmx_client):
        for asked in (client, htmx_client):
            varies = asked.get("/eiere/").headers["Vary"]

            assert {"HX-Request", "HX-Current-URL"} <= set(varies.split(", "))

    def test_leads_back_to_the_page_where_a_command_was_given(self, client):
        response = client.post(
            "/prosjekter/fkj/publiser/", headers={"referer": "http://testserver/prosjekter/fkj/"}
        )

        assert response.url.endswith("?next=/prosjekter/fkj/")

    def test_leads_to_no_other_site(self, client):
        response = client.post(
            "/prosjekter/fkj/publiser/", headers={"referer": "https://example.org/prosjekter/"}
        )

        assert response.url.endswith("?next=/")


class TestLanguage:
    def test_is_bokmal_whatever_the_browser_says(self, client, db):
        response = client.get("/", headers={"accept-language": "en-US"})

        assert response.headers["Content-Language"] == "nb"
        assert '<html lang="nb"' in response.content.decode()

    def test_is_the_one_the_reader_has_chosen(self, client, db):
        client.post(reverse("set_language"), {"language": "nn", "next": "/"})

        assert client.get("/").headers["Content-Language"] == "nn"

    def test_is_bokmal_when_the_cookie_is_nonsense(self, client, db):
        client.cookies["django_language"] = "xx\x00"

        assert client.get("/").headers["Content-Language"] == "nb"


class TestNonsense:
    def test_reads_a_page_with_a_broken_cookie(self, client, db):
        client.cookies["sessionid"] = "aaaaaaaaaaaaaaaa\x00"

        assert client.get("/").status_code == 200
        assert client.get("/mine/").status_code == 302

    @pytest.mark.parametrize("address", ["http://[", "http://testserver//example.org/", ""])
    def test_leads_from_no_address_to_the_front_page(self, client, htmx_client, db, address):
        command = "/prosjekter/fkj/publiser/"

        response = client.post(command, headers={"referer": address})
        htmx = htmx_client.post(command, headers={"hx-current-url": address})

        assert response.url.endswith("?next=/")
        assert htmx.headers["HX-Redirect"].endswith("?next=/")

    @pytest.mark.parametrize("charset", ["hex", "base64", "rot13", "undefined", "idna", "latin-1"])
    @pytest.mark.parametrize(
        "content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
    )
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_refuses_what_is_not_in_utf_8(self, db, method, content_type, charset):
        response = ask_the_server(method, "/sprak/", f"{content_type}; charset={charset}")

        assert response.status == "400 Bad Request"
        assert '<p class="message-page__code">400</p>' in response.text

    @pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8"])
    def test_takes_utf_8_whatever_it_is_called(self, db, charset):
        content_type = f"application/x-www-form-urlencoded; charset={charset}"

        assert ask_the_server("POST", "/konto/logg-inn/", content_type).status == "403 Forbidden"


@dataclass
class Answer:
    status: str
    text: str


def ask_the_server(method: str, path: str, content_type: str) -> Answer:
    """Ask as a web server does, past the test client, which makes requests of its own."""
    environ = RequestFactory().generic(method, path, b"language=nn", content_type="x").environ
    said = []
    environ["CONTENT_TYPE"] = content_type
    body = b"".join(application(environ, lambda status, headers: said.append(status)))
    return Answer(said[0], body.decode())


class TestMethod:
    @pytest.mark.parametrize(
        ("method", "url", "allowed"),
        [("get", "/eiere/1/slett/", "POST"), ("post", "/", "GET, HEAD")],
    )
    def test_says_in_the_frame_what_to_do(self, client, office, method, url, allowed):
        client.force_login(office)

        response = getattr(client, method)(url)

        assert response.status_code == 405
        assert response.headers["Allow"] == allowed
        assert "Adressen kan ikke åpnes på denne måten" in response.content.decode()
        assert "Kontor Nilsen" in response.content.decode()
