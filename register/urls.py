"""The register of owners and contacts."""

from django.urls import path

from register.views import contact, owner
from register.views.hand_over import contact_hand_over, owner_hand_over

urlpatterns = [
    path("eiere/", owner.owner_list, name="owner_list"),
    path("eiere/ny/", owner.owner_create, name="owner_create"),
    path("eiere/<int:pk>/", owner.owner_detail, name="owner_detail"),
    path("eiere/<int:pk>/rediger/", owner.owner_edit, name="owner_edit"),
    path("eiere/<int:pk>/overfor/", owner_hand_over, name="owner_hand_over"),
    path("eiere/<int:pk>/slett/", owner.owner_delete, name="owner_delete"),
    path("kontakter/ny/", contact.contact_create, name="contact_create"),
    path("kontakter/<int:pk>/", contact.contact_detail, name="contact_detail"),
    path("kontakter/<int:pk>/rediger/", contact.contact_edit, name="contact_edit"),
    path("kontakter/<int:pk>/overfor/", contact_hand_over, name="contact_hand_over"),
    path("kontakter/<int:pk>/slett/", contact.contact_delete, name="contact_delete"),
]
