/** Joiners, selectors, marks of direction, letters that only fill or stand for something else: nobody sees them. The braille pattern without dots is the last. */
const blank = /^[\s\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFC\u2800]*$/u;

/** Whether a reader would see nothing of the text. */
export const isBlank = (text: string): boolean => blank.test(text);
