-- A login role of its own for the server, which owns nothing and by itself may do nothing: it can only act as parley_reader and
-- parley_writer. Run it once, as the owner of the (empty or existing) database, who may create roles:
--
--   psql "$MIGRATION_DATABASE_URL" -v server=parley_server -v password="$PASSWORD" -f deploy/roles.sql
--
-- Then give the server DATABASE_URL with the new role, and MIGRATION_DATABASE_URL with the owner. Roles belong to the whole
-- PostgreSQL, and are in no dump: the first half is also what a restore into another PostgreSQL begins with.

DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['parley_reader', 'parley_writer'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
    END IF;
    IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
    END IF;
  END LOOP;
END
$$;

CREATE ROLE :"server" LOGIN NOINHERIT PASSWORD :'password';
GRANT parley_reader, parley_writer TO :"server";
