"""Truths about milestones that lie in more than one table."""

import pgtrigger


class OriginalDueDateLocked(pgtrigger.Trigger):
    """Keep the original due date from the time that the project was first published."""

    name = "original_due_date_is_locked"
    when = pgtrigger.Before
    operation = pgtrigger.Update

    def get_func(self, model: object) -> str:
        return """
            IF OLD.original_due_on IS NOT NULL
                AND NEW.original_due_on IS DISTINCT FROM OLD.original_due_on
                AND EXISTS (
                    SELECT FROM projects_project
                    WHERE id = NEW.project_id AND published_at IS NOT NULL
                )
            THEN
                RAISE EXCEPTION 'original_due_date_is_locked' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """


class BaselineByDecision(pgtrigger.Trigger):
    """Count slip from the date that the newest decision says, and from no other."""

    name = "new_baseline_refers_to_a_decision"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def get_func(self, model: object) -> str:
        return """
            IF NEW.new_baseline_on IS DISTINCT FROM (
                SELECT to_date FROM milestones_baselinedate
                WHERE milestone_id = NEW.id ORDER BY id DESC LIMIT 1
            ) AND (TG_OP = 'INSERT' OR NEW.new_baseline_on IS DISTINCT FROM OLD.new_baseline_on)
            THEN
                RAISE EXCEPTION 'new_baseline_refers_to_a_decision'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """


class MoveOnRecord(pgtrigger.Trigger):
    """Change the due date that everyone has seen only as the newest move says."""

    name = "moved_due_date_is_on_record"
    when = pgtrigger.Before
    operation = pgtrigger.Update

    def get_func(self, model: object) -> str:
        return """
            IF OLD.due_on IS NOT NULL AND NEW.due_on IS DISTINCT FROM OLD.due_on
                AND EXISTS (
                    SELECT FROM projects_project
                    WHERE id = NEW.project_id AND published_at IS NOT NULL
                )
                AND NOT coalesce((
                    SELECT from_date = OLD.due_on AND to_date IS NOT DISTINCT FROM NEW.due_on
                    FROM milestones_datemove
                    WHERE milestone_id = NEW.id ORDER BY id DESC LIMIT 1
                ), false)
            THEN
                RAISE EXCEPTION 'moved_due_date_is_on_record' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """
