/** The name, with two speech bubbles that meet. */
export function Wordmark() {
  return (
    <span className="wordmark">
      <svg viewBox="0 0 44 36" aria-hidden="true" focusable="false">
        <path
          className="wordmark-back"
          d="M18 2h16a8 8 0 0 1 8 8v9a8 8 0 0 1-8 8h-1v7l-8-7h-7a8 8 0 0 1-8-8v-9a8 8 0 0 1 8-8z"
        />
        <path
          className="wordmark-front"
          d="M10 9h14a7.5 7.5 0 0 1 7.5 7.5v5A7.5 7.5 0 0 1 24 29h-7l-6.5 6v-6H10a7.5 7.5 0 0 1-7.5-7.5v-5A7.5 7.5 0 0 1 10 9z"
        />
        <path className="wordmark-line" d="M10.5 17h13M10.5 22h7.5" />
      </svg>
      Parley
    </span>
  );
}
