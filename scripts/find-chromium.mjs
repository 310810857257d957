import { existsSync, readFileSync } from "node:fs";
import { runProgram } from "./run-program.mjs";

const PLACES = [
  process.env.PARLEY_CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * Finds a Chromium for the browser tests; as root on Debian it installs the package.
 * @returns {Promise<string | null>} its path, or null after having said what is missing
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== null) return found;
  if (process.getuid?.() === 0 && isDebian()) await installPackage();
  const installed = findChromium();
  if (installed === null) {
    console.log(
      "No Chromium here: the browser tests are skipped. Install one (Debian: apt-get install chromium), or name it in PARLEY_CHROMIUM.",
    );
  }
  return installed;
}

/** The path of a Chromium on this machine, null without one. */
export function findChromium() {
  return PLACES.find((place) => place !== "" && existsSync(place)) ?? null;
}

function isDebian() {
  return existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

async function installPackage() {
  console.log("Installing the Debian package chromium for the browser tests …");
  const options = { capture: true, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  await runProgram("apt-get", ["update"], options);
  const { code, output } = await runProgram(
    "apt-get",
    ["install", "-y", "--no-install-recommends", "chromium"],
    options,
  );
  if (code !== 0) console.log(output.trimEnd().split("\n").slice(-5).join("\n"));
}
