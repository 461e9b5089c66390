"""Users and roles in Django's admin, for administrators; owners and contacts have pages of their own."""

from typing import Any

from allauth.account.admin import EmailAddress
from allauth.account.decorators import secure_admin_login
from allauth.core import context
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashField,
    UserChangeForm,
)
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.actions import note_changed_rights, note_rights, send_link
from accounts.confirm import confirmed, confirmed_before_seen
from accounts.forms import RULES
from accounts.models import ADMINISTRATORS, PORTFOLIO_OFFICE, User
from accounts.security_log import Kind, record
from accounts.sessions import end_others
from fkj_portfolio.admin import AdminForm, ModelAdmin

# Everyone logs in on the same page; who may not come in here is told so.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.enable_nav_sidebar = False
admin.site.unregister(EmailAddress)
admin.site.unregister(Group)


class UserForm(AdminForm, UserChangeForm):  # type: ignore[type-arg]
    """A user; the e-mail is kept in small letters, as login looks for it."""

    password = ReadOnlyPasswordHashField(
        label=_("Password"),
        help_text=_("Nobody can read her password. She can also ask for a link by herself."),
    )

    class Meta:
        model = User
        fields = "__all__"

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()  # type: ignore[no-any-return]


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """A password that an administrator sets for a user.

    The first field carries a mark of the password that the form was opened with: where
    somebody has set another one meanwhile, the form is refused once.
    """

    user: User

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)
        request = context.request
        end_others(user, besides=request.session.session_key)
        record(Kind.PASSWORD_CHANGED, request=request, user=user, by=request.user)
        return user

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["password1"] = salted_hmac("opened_with", self.user.password).hexdigest()
        self.fields["password1"].show_hidden_initial = True
        # Whose login is to be closed is closed on the user, not by taking the password.
        self.fields.pop("usable_password", None)
        self.fields["password1"].help_text = RULES

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name, now = self["password1"].html_initial_name, self.initial["password1"]
        if self.data.get(name, now) != now:
            sent: Any = self.data
            self.data = sent = sent.copy()
            sent[name] = now
            words = _(
                "Somebody else has set a password meanwhile. Write yours again to replace it."
            )
            self.add_error("password1", words)
        return cleaned


class NewUserForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new user, who chooses her own password."""

    send_link = forms.BooleanField(
        label=_("Send her a link by which to choose a password"),
        required=False,
        initial=True,
        help_text=_("Or set a password for her when she is saved."),
    )

    class Meta:
        model = User
        fields = ["name", "email", "groups"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()  # type: ignore[no-any-return]

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        user: User = super().save(commit)
        return user


@admin.register(User)
class UserAdmin(ModelAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    """Users; only a superuser may touch a superuser, and nobody her own roles."""

    form = UserForm
    add_form = NewUserForm
    change_password_form = PasswordForm
    add_form_template = "admin/change_form.html"
    list_display = ["name", "email", "is_active", "roles", "last_login"]
    list_display_links = ["name", "email"]
    list_filter = ["is_active", "groups"]
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["name", "email"]
    ordering = ["name", "email"]
    filter_horizontal = ["user_permissions"]
    add_fieldsets = [(None, {"fields": ["name", "email", "groups", "send_link"]})]
    fieldsets = [
        (None, {"fields": ["name", "email", "password"]}),
        (
            _("Roles"),
            {
                "fields": ["groups", "is_active"],
                "description": _(
                    "Everyone who may log in reads what is not yet public. Project managers are "
                    "chosen on the project. Nobody changes her own roles: ask another administrator."
                ),
            },
        ),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    superuser_fieldset = (_("Superuser"), {"fields": ["is_superuser", "user_permissions"]})
    readonly_fields = ["last_login", "date_joined"]
    actions = ["send_links", "close", "open", "end_sessions"]

    def get_urls(self) -> list[URLPattern]:
        """Ask for the password once more before a user is changed; whoever only reads is not asked."""
        urls: list[URLPattern] = super().get_urls()
        for url in urls:
            holds_passwords = url.name == "auth_user_password_change"
            ask = confirmed_before_seen if holds_passwords else confirmed
            url.callback = ask(url.callback)
        return urls

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        return ", ".join([*names, str(_("Superuser"))] if user.is_superuser else names)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            return [*fieldsets, self.superuser_fieldset]
        return fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if obj and obj.pk == request.user.pk:
            return [*fields, "groups", "is_active", "is_superuser", "user_permissions"]
        return fields

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            roles = Group.objects.filter(name__in=[PORTFOLIO_OFFICE, ADMINISTRATORS])
            return forms.ModelMultipleChoiceField(
                roles.order_by("name"),
                label=_("Roles"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (not (obj and obj.is_superuser) or request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Return whether she was made by mistake: who has logged in is kept for the history."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and obj.last_login is None and not obj.is_superuser

    @method_decorator(transaction.atomic)
    def user_change_password(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().user_change_password(*args, **kwargs)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        note_changed_rights(request, form, is_new=not change)
        if not form.instance.is_active:
            end_others(form.instance)
        if form.cleaned_data.get("send_link"):
            self._send_link(request, form.instance)

    @admin.action(
        description=_("Send a link by which to choose a password"), permissions=["change"]
    )
    def send_links(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users.filter(is_active=True):
            self._send_link(request, user)

    def _send_link(self, request: HttpRequest, user: User) -> None:
        try:
            send_link(request, user)
        except OSError:
            text = _("The link to %(email)s could not be sent: the mail server does not answer.")
            messages.error(request, text % {"email": user.email})
        else:
            messages.success(request, _("A link is sent to %(email)s.") % {"email": user.email})

    @admin.action(description=_("Close the login of the chosen users"), permissions=["change"])
    def close(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self._set_active(request, users, is_active=False)

    @admin.action(description=_("Open the login of the chosen users"), permissions=["change"])
    def open(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self._set_active(request, users, is_active=True)

    @admin.action(description=_("Log the chosen users out everywhere"), permissions=["change"])
    def end_sessions(self, request: HttpRequest, users: QuerySet[User]) -> None:
        assert isinstance(request.user, User)
        for user in users.exclude(pk=request.user.pk):
            if self.has_change_permission(request, user) and (count := end_others(user)):
                record(
                    Kind.SESSIONS_ENDED, request=request, user=user, by=request.user, count=count
                )
        messages.success(request, _("The chosen users are logged out everywhere."))

    def delete_model(self, request: HttpRequest, user: User) -> None:
        pk = user.pk
        super().delete_model(request, user)
        # Django takes the number away from what is deleted.
        user.pk = pk
        note_rights(request, user, deleted=True, name=str(user))

    def delete_queryset(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            self.delete_model(request, user)

    def _set_active(self, request: HttpRequest, users: QuerySet[User], *, is_active: bool) -> None:
        """Open or close the login of others; never one's own, nor that of a greater."""
        assert request.user.pk
        users = users.exclude(pk=request.user.pk)
        if not request.user.is_superuser:
            users = users.filter(is_superuser=False)
        changed = list(users.exclude(is_active=is_active))
        count = users.filter(pk__in=[user.pk for user in changed]).update(is_active=is_active)
        for user in changed:
            note_rights(request, user, is_active=is_active)
            if not is_active:
                end_others(user)
        text = ngettext("%(count)s user is changed.", "%(count)s users are changed.", count)
        messages.success(request, text % {"count": count})


@admin.register(Group)
class RoleAdmin(ModelAdmin):
    """The roles as they are: what each may do is decided in the code, not here."""

    DOES = {
        PORTFOLIO_OFFICE: _("Makes, changes and publishes every project."),
        ADMINISTRATORS: _("Keeps owners, contacts, users, strategies and segments."),
    }

    list_display = ["name", "members"]
    ordering = ["name"]
    fields = ["name", "does", "who"]
    readonly_fields = ["name", "does", "who"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(member_count=Count("user"))

    @admin.display(description=_("users"))
    def members(self, group: Any) -> int:
        count: int = group.member_count
        return count

    @admin.display(description=_("what it may do"))
    def does(self, group: Any) -> str:
        return str(self.DOES.get(group.name, ""))

    @admin.display(description=_("users"))
    def who(self, group: Any) -> str:
        return ", ".join(str(user) for user in group.user_set.order_by("name", "pk"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False
