/** A stylesheet is imported for its effect: the build gathers them into one file. */
declare module '*.css';
