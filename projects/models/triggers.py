"""Truths that a check constraint cannot hold: they depend on the clock, or on another row."""

import pgtrigger


class NameIsGivenOnce(pgtrigger.Trigger):
    """Keep the name in addresses of every new row, and refuse one that another has or has had."""

    name = "name_is_given_once"
    level = pgtrigger.Statement
    when = pgtrigger.After
    operation = pgtrigger.Insert
    referencing = pgtrigger.Referencing(new="made")  # type: ignore[no-untyped-call]

    def get_func(self, model: object) -> str:
        return """
            INSERT INTO projects_addressname (kind, slug) SELECT TG_TABLE_NAME, slug FROM made;
            RETURN NULL;
        """


class NameStays(pgtrigger.Trigger):
    """Refuse another name in addresses than the one that was given."""

    name = "name_in_addresses_stays"
    # Not before: with such a trigger every update would count as one of all generated columns.
    when = pgtrigger.After
    operation = pgtrigger.Update
    condition = pgtrigger.Q(old__slug__df=pgtrigger.F("new__slug"))

    def get_func(self, model: object) -> str:
        return """
            RAISE EXCEPTION 'name_in_addresses_stays' USING ERRCODE = 'check_violation';
        """


#: For whatever has a `slug`: bookmarks and saved views keep it.
NAMED_FOR_EVER = [NameIsGivenOnce(), NameStays()]


class GoalGetsItsName(pgtrigger.Trigger):
    """Name a goal by its number; where a goal has or has had that, by its strategy's first year too."""

    name = "goal_gets_its_name"
    when = pgtrigger.Before
    operation = pgtrigger.Insert
    declare = [("longer", "text"), ("place", "integer := 1")]

    def get_func(self, model: object) -> str:
        return """
            IF NEW.slug <> '' THEN
                RETURN NEW;
            END IF;
            SELECT extract(year FROM starts_on) || '-' || NEW.number INTO longer
            FROM projects_strategy WHERE id = NEW.strategy_id;
            NEW.slug = NEW.number;
            WHILE EXISTS (SELECT FROM projects_strategicgoal WHERE slug = NEW.slug) OR EXISTS (
                SELECT FROM projects_addressname WHERE kind = TG_TABLE_NAME AND slug = NEW.slug
            ) LOOP
                NEW.slug = longer || CASE WHEN place > 1 THEN '-' || place ELSE '' END;
                place = place + 1;
            END LOOP;
            RETURN NEW;
        """


class CorrectsSameProject(pgtrigger.Trigger):
    """Let a report correct only one of its own project."""

    name = "report_corrects_one_of_its_project"
    when = pgtrigger.Before
    operation = pgtrigger.Insert

    def get_func(self, model: object) -> str:
        return """
            IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM projects_statusreport
                WHERE id = NEW.corrects_id AND project_id = NEW.project_id
            ) THEN
                RAISE EXCEPTION 'report_corrects_one_of_its_project'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """


#: Whether who changed a row is of the portfolio office, as `has_perm` knows it.
BY_THE_OFFICE = """
    EXISTS (
        SELECT FROM accounts_user AS person
        WHERE person.id = NEW.changed_by_id AND person.is_active AND (
            person.is_superuser OR EXISTS (
                SELECT FROM auth_permission AS permission
                JOIN django_content_type AS content ON content.id = permission.content_type_id
                WHERE content.app_label = 'projects' AND permission.codename = 'change_project'
                AND (
                    EXISTS (
                        SELECT FROM accounts_user_user_permissions AS own
                        WHERE own.user_id = person.id AND own.permission_id = permission.id
                    ) OR EXISTS (
                        SELECT FROM accounts_user_groups AS member
                        JOIN auth_group_permissions AS role ON role.group_id = member.group_id
                        WHERE member.user_id = person.id AND role.permission_id = permission.id
                    )
                )
            )
        )
    )
"""


class StandardIsSetByTheOffice(pgtrigger.Trigger):
    """Let only the portfolio office make or change the view that everyone begins with."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def get_func(self, model: object) -> str:
        return f"""
            IF NEW.is_standard AND NOT {BY_THE_OFFICE} THEN
                RAISE EXCEPTION '{self.name}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """


class IsSharedWithOnesOwn(pgtrigger.Trigger):
    """Let a view be shared with a group by its members and by the portfolio office."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def get_func(self, model: object) -> str:
        return f"""
            IF NEW.group_id IS NULL THEN
                RETURN NEW;
            END IF;
            IF TG_OP = 'UPDATE' THEN
                IF NEW.group_id IS NOT DISTINCT FROM OLD.group_id THEN
                    RETURN NEW;
                END IF;
            END IF;
            IF NOT EXISTS (
                SELECT FROM accounts_user_groups
                WHERE user_id = NEW.changed_by_id AND group_id = NEW.group_id
            ) AND NOT {BY_THE_OFFICE} THEN
                RAISE EXCEPTION '{self.name}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """
