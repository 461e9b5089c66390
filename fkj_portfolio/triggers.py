"""Truths that any table may need and no check constraint can hold: they depend on the clock, or on another row."""

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


class MadeNow(pgtrigger.Trigger):
    """Let a row say only that it is made in the transaction that makes it."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert

    def __init__(self, field: str) -> None:
        super().__init__(name=f"{field}_is_now")
        self.field = field

    def get_func(self, model: object) -> str:
        return f"""
            IF NEW.{self.field} <> now() THEN
                RAISE EXCEPTION '{self.name}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """


class StaysWithParent(pgtrigger.Trigger):
    """Let a row go only together with what it belongs to; asked when the transaction ends."""

    when = pgtrigger.After
    operation = pgtrigger.Delete
    timing = pgtrigger.Deferred

    def __init__(self, *, parent: str, column: str) -> None:
        super().__init__(name=f"stays_with_its_{column.removesuffix('_id')}")
        self.parent, self.column = parent, column

    def get_func(self, model: object) -> str:
        return f"""
            IF EXISTS (SELECT FROM {self.parent} WHERE id = OLD.{self.column}) THEN
                RAISE EXCEPTION '{self.name}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """
