"""An index that holds all that the overview counts by, and none of the long texts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0010_change_several_at_once")]

    operations = [
        migrations.AddIndex(
            model_name="project",
            index=models.Index(
                fields=["is_published", "lifecycle"],
                include=(
                    *("id", "owner", "segment", "main_goal"),
                    *("published_at", "report_interval_days"),
                ),
                name="projects_project_counted",
            ),
        ),
    ]
