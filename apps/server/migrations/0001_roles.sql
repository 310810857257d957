-- Two roles under which the server works. Neither owns anything, neither can log in by itself: the server connects as
-- the owner of the database and starts each connection with one of them.
--   parley_reader  reads as one user, under row-level security
--   parley_writer  the checked path of writes, the host, and jobs
-- Roles belong to the whole cluster, so another Parley database may have made them already.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['parley_reader', 'parley_writer'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
    IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
    ELSIF current_setting('server_version_num')::int >= 160000 AND NOT pg_has_role(current_user, wanted, 'SET') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER WITH SET TRUE', wanted);
    END IF;
  END LOOP;
END
$$;

GRANT USAGE ON SCHEMA parley TO parley_reader, parley_writer;
