"""The saved views that a visitor of the overview chooses among."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import cached_property

from fkj_portfolio.compiled import Given, Statement, built_once
from fkj_portfolio.http import SiteRequest
from projects.addresses import VIEW, address_to_save, overview_with, state_of
from projects.as_of import address_on
from projects.models import SavedView
from projects.models.saved_view import EVERYTHING


@dataclass(frozen=True)
class OverviewViews:
    """The saved views on the overview: what this visitor may open, and what she has open."""

    request: SiteRequest
    views: list[SavedView]
    as_of: datetime.date | None

    @cached_property
    def default(self) -> SavedView | None:
        """What the visitor begins with: her own choice, else the portfolio's standard."""
        own = (view for view in self.views if view.is_own_default)
        return next(own, None) or self.standard

    @cached_property
    def standard(self) -> SavedView | None:
        return next((view for view in self.views if view.is_standard), None)

    @property
    def sections(self) -> list["MenuSection"]:
        """What there is to open, by whose it is."""
        user = self.request.user
        others = [view for view in self.views if not view.is_standard]
        sections = [
            MenuSection("standard", self._links([self.standard] if self.standard else [])),
            MenuSection("mine", self._links(view for view in others if view.owner_id == user.pk)),
            MenuSection("shared", self._links(view for view in others if view.owner_id != user.pk)),
        ]
        return [section for section in sections if section.links]

    @property
    def chosen(self) -> str:
        """The view that the address names, whether there is one or not."""
        return self.request.GET.get(VIEW, "").strip()

    @cached_property
    def current(self) -> SavedView | None:
        """The view that is open."""
        return next((view for view in self.views if view.slug == self.chosen), None)

    @property
    def is_everything(self) -> bool:
        """Whether no view is open, and none was asked for."""
        return self.chosen in ("", EVERYTHING)

    @property
    def is_unknown(self) -> bool:
        """Whether the address names a view that is gone, or was never this visitor's to see."""
        return not self.is_everything and self.current is None

    @cached_property
    def state(self) -> str:
        return state_of(self.request.GET)

    @property
    def state_and_view(self) -> str:
        """What leads back here, as a query."""
        return overview_with(self.state, self.kept).partition("?")[2]

    @property
    def is_changed(self) -> bool:
        """Whether the open view shows something else than it was saved with."""
        return self.current is not None and self.state != state_of(self.current.query)

    @property
    def can_save(self) -> bool:
        """Whether the visitor may save the state over the open view."""
        return self.current is not None and self.current.is_editable_by(self.request.user)

    @property
    def can_save_as(self) -> bool:
        return self.request.user.is_authenticated

    @property
    def redirect_to(self) -> str:
        """Where a visit without any parameter leads: to the visitor's default; empty when she has none.

        Not for htmx, which asks for a change of what is shown.
        """
        is_bare = not self.request.GET and not self.request.htmx
        return self.default.address if is_bare and self.default else ""

    @property
    def kept(self) -> str:
        """What a form of filters must send as `visning`, so that without filters it is no bare visit."""
        if self.current:
            return self.current.slug
        return EVERYTHING if self.default else ""

    @property
    def address_of_everything(self) -> str:
        """The overview without filters and without a view, of the day that is shown."""
        return self.on_this_day(overview_with("", EVERYTHING if self.default else ""))

    @property
    def address_of_current(self) -> str:
        """The open view as it was saved; empty when none is open."""
        return self.on_this_day(self.current.address) if self.current else ""

    @property
    def address_to_save_as(self) -> str:
        """The form that saves this state as a new view."""
        return address_to_save(self.state)

    def on_this_day(self, address: str) -> str:
        return address_on(address, self.as_of)

    def _links(self, views: Iterable[SavedView]) -> list["ViewLink"]:
        return [
            ViewLink(
                view,
                href=self.on_this_day(view.address),
                is_current=view == self.current,
                is_default=view == self.default,
                can_edit=view.is_editable_by(self.request.user),
            )
            for view in views
        ]


@dataclass(frozen=True)
class ViewLink:
    """A view as the menu shows it."""

    view: SavedView
    href: str
    is_current: bool
    is_default: bool
    can_edit: bool


@dataclass(frozen=True)
class MenuSection:
    """The views that are whose: "standard", "mine" or "shared"."""

    whose: str
    links: list[ViewLink]


def views_of(request: SiteRequest, *, as_of: datetime.date | None = None) -> OverviewViews:
    """Fetch what a visitor may open, in one query."""
    user = request.user
    views = _menu(user.is_authenticated).rows(user=user.pk)
    return OverviewViews(request, views, as_of)


@built_once
def _menu(is_logged_in: bool) -> Statement[SavedView]:
    user = Given("user") if is_logged_in else AnonymousUser()
    visible = SavedView.objects.visible_to(user).with_default_of(user)
    return Statement(visible.in_order().select_related("owner", "group"))
