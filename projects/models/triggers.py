"""Truths that a check constraint cannot hold: they depend on the clock, or on another row."""

import pgtrigger


class NotInFuture(pgtrigger.Trigger):
    """Refuse a day that has not begun in Norway."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self, field: str) -> None:
        super().__init__(name=f"{field}_is_not_in_future")
        self.field = field

    def get_func(self, model: object) -> str:
        return f"""
            IF NEW.{self.field} > (now() AT TIME ZONE 'Europe/Oslo')::date THEN
                RAISE EXCEPTION '{self.field}_is_not_in_future' USING ERRCODE = 'check_violation';
            END IF;
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
