// Imported first by every script: says plainly what is missing before anything else can fail in a puzzling way.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Parley needs Node.js 20.19 or newer (24 is best); this is ${process.versions.node}. See https://nodejs.org.`,
  );
  process.exit(1);
}
