-- The security log is only added to. What is older than a month may be deleted, since it is about persons;
-- nothing may be changed.

CREATE OR REPLACE FUNCTION public.accounts_security_log_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '30 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'security_log_is_only_added_to' USING ERRCODE = 'check_violation';
END
$$;
CREATE OR REPLACE TRIGGER row_stands BEFORE UPDATE OR DELETE ON public.accounts_securityevent
    FOR EACH ROW EXECUTE FUNCTION public.accounts_security_log_stands();
CREATE OR REPLACE TRIGGER history_stands BEFORE TRUNCATE ON public.accounts_securityevent
    FOR EACH STATEMENT EXECUTE FUNCTION public.accounts_security_log_stands();

-- Backwards:

DROP FUNCTION IF EXISTS public.accounts_security_log_stands CASCADE;
