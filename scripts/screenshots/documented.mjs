/** State, width, theme and language of the pictures that are kept in docs/images/screens. */
export const documented = [
  "sign-in-1440-light-de",
  "inbox-375-light-de",
  "order-375-light-de",
  "order-375-dark-de",
  "order-1440-light-en",
  "order-1440-dark-de",
  "group-768-light-de",
  "right-to-left-page-375-light-de",
  "compact-1440-light-de",
];
