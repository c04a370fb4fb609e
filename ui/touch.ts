/** Fingers alone: nothing can be dropped on the page, and hardly anything pasted. */
export const isTouchOnly = (): boolean => !matchMedia('(any-pointer: fine)').matches;
