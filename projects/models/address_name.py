"""Every name in addresses that something has or has had: bookmarks and saved views keep such names."""

from django.db import models


class AddressName(models.Model):
    """A name that was given to a thing of this table, which may be gone; it never means another."""

    kind = models.CharField(max_length=50, help_text="The table.")
    slug = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"], name="%(app_label)s_%(class)s_is_given_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.slug}"


def was_given(slug: str, *, among: type[models.Model]) -> bool:
    """Return whether something of this kind has the name, or has had it."""
    kind = among._meta.db_table
    return (
        AddressName.objects.filter(kind=kind, slug=slug).exists()
        or among._base_manager.filter(slug=slug).exists()
    )
