"""Truths that a check constraint cannot hold, because they depend on the clock."""

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
