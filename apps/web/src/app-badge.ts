const ICON = "/favicon.svg";
let drawn: Promise<string> | null = null;
let wanted = 0;

/** Shows a number on the tab's icon and on the installed app's; 0 takes it away. Where neither can be done, nothing happens. */
export async function showAppBadge(count: number): Promise<void> {
  wanted = count;
  showOnApp(count);
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link === null) return;
  if (count === 0) {
    // The same address once more would be asked for once more.
    if (link.getAttribute("href") !== ICON) link.href = ICON;
    return;
  }
  drawn ??= fetch(ICON).then((response) => response.text());
  const icon = await drawn.catch(() => null);
  if (icon === null || wanted !== count) return;
  link.href = `data:image/svg+xml,${encodeURIComponent(withBadge(icon, count))}`;
}

/** The icon with a number in its corner. The numbers of the icon are those of its 64 × 64 box. */
function withBadge(icon: string, count: number): string {
  const text = count > 9 ? "9+" : String(count);
  const badge = `<circle cx="46" cy="18" r="18" fill="#b3431f" stroke="#fff" stroke-width="3"/><text x="46" y="25.5" font-family="system-ui,sans-serif" font-size="${text.length > 1 ? 19 : 23}" font-weight="700" text-anchor="middle" fill="#fff">${text}</text>`;
  return icon.replace("</svg>", `${badge}</svg>`);
}

function showOnApp(count: number): void {
  // Not all browsers have it, and some have it only for installed apps.
  const { setAppBadge, clearAppBadge } = navigator as Partial<Pick<Navigator, "setAppBadge" | "clearAppBadge">>;
  const done = count > 0 ? setAppBadge?.call(navigator, count) : clearAppBadge?.call(navigator);
  done?.catch(() => {});
}
