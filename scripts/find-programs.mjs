import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runProgram } from "./run-program.mjs";

/**
 * What some tests need besides Node: `variable` names its path to the tests (and may be set to one), `name` is looked for on
 * the PATH, `places` are looked at before.
 */
const PROGRAMS = {
  chromium: {
    variable: "PARLEY_CHROMIUM",
    name: "chromium",
    places: [
      "/usr/bin/chromium-browser",
      "/usr/bin/google-chrome",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    ],
    debian: "chromium",
    tests: "browser tests",
  },
  firefox: {
    variable: "PARLEY_FIREFOX",
    name: "firefox-esr",
    places: ["/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"],
    debian: "firefox-esr",
    tests: "tests of the message list in Firefox",
  },
  webkit: {
    variable: "PARLEY_WEBKIT_DRIVER",
    name: "WebKitWebDriver",
    places: [],
    debian: "webkit2gtk-driver",
    tests: "tests of the message list in WebKit",
  },
  xvfb: {
    variable: "PARLEY_XVFB",
    name: "Xvfb",
    places: [],
    debian: "xvfb",
    tests: "tests of the message list in WebKit",
  },
  redis: {
    variable: "PARLEY_REDIS_SERVER",
    name: "redis-server",
    places: [],
    debian: "redis-server",
    tests: "tests of several servers",
  },
  nginx: {
    variable: "PARLEY_NGINX",
    name: "nginx",
    places: ["/usr/sbin/nginx"],
    debian: "nginx-light",
    tests: "tests behind a load balancer",
  },
  strace: {
    variable: "PARLEY_STRACE",
    name: "strace",
    places: [],
    debian: "strace",
    tests: "tests of what is flushed before an answer",
  },
};

/**
 * Finds the programs that tests need; as root on Debian it installs the packages of those that are missing.
 * @param {(keyof typeof PROGRAMS)[]} [keys] all of them unless told
 * @returns {Promise<Record<string, string>>} environment variables with their paths; says which tests are skipped for want of one
 */
export async function ensurePrograms(keys = Object.keys(PROGRAMS)) {
  const missing = keys.filter((key) => findProgram(key) === null);
  if (missing.length > 0 && process.getuid?.() === 0 && isDebian()) {
    await installPackages(missing.map((key) => PROGRAMS[key].debian));
  }
  const found = {};
  for (const key of keys) {
    const { variable, name, debian, tests } = PROGRAMS[key];
    const path = findProgram(key);
    if (path !== null) found[variable] = path;
    else {
      console.log(
        `No ${name} here: the ${tests} are skipped. Install it (Debian: apt-get install ${debian}), or name it in ${variable}.`,
      );
    }
  }
  return found;
}

/**
 * The path of a program on this machine, null without one.
 * @param {keyof typeof PROGRAMS} key
 */
export function findProgram(key) {
  const { variable, name, places } = PROGRAMS[key];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [process.env[variable] ?? "", ...folders.map((folder) => join(folder, name)), ...places];
  return candidates.find((place) => place !== "" && existsSync(place)) ?? null;
}

function isDebian() {
  return existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** Debian asks this program whether a package may start its service: ours are started by the tests alone. */
const POLICY = "/usr/sbin/policy-rc.d";

async function installPackages(names) {
  console.log(`Installing what tests need from Debian: ${names.join(", ")} …`);
  const isOurs = !existsSync(POLICY);
  if (isOurs) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    const options = { capture: true, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    await runProgram("apt-get", ["update"], options);
    const { code, output } = await runProgram(
      "apt-get",
      ["install", "-y", "--no-install-recommends", ...names],
      options,
    );
    if (code !== 0) console.log(output.trimEnd().split("\n").slice(-5).join("\n"));
  } finally {
    if (isOurs) rmSync(POLICY, { force: true });
  }
}
