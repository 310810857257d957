// Calls before the script has loaded wait in a queue.
window.parley ||= function parley() {
  window.parley.q ||= [];
  window.parley.q.push(arguments);
};

window.parley("on", "unread", ({ detail }) => {
  document.querySelector("#unread").textContent = String(detail.total);
});
// The host has the last word on what leaves its page.
window.parley("on", "send", (event) => {
  if (/\b\d{16}\b/.test(event.detail.content)) event.preventDefault();
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("#ask").addEventListener("click", () => window.parley("open"));
  document.querySelector("parley-chatbox").labels = { composerPlaceholder: "Write about this order …" };
});
