/** What PostgreSQL's programs may know of our environment: PGDATA, PGPORT, PGOPTIONS and all secrets stay out. */
const PASSED_ON = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LD_LIBRARY_PATH"];

/** The environment for PostgreSQL's programs, with messages in English. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const known = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...(Object.fromEntries(known) as NodeJS.ProcessEnv), LC_ALL: "C", TZ: "UTC" };
}
