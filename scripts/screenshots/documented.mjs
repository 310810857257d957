/** State, width, theme and language of the pictures that are kept in docs/images/screens. */
export const documented = [
  "sign-in-1440-light-de",
  "inbox-375-light-de",
  "order-375-light-de",
  "order-1440-dark-de",
  "quotes-reactions-pins-1440-light-en",
  "quotes-reactions-pins-375-dark-en",
  "right-to-left-page-375-dark-en",
];
