"""Login on a page of its own, and the language of the page."""

from django.urls import reverse


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
