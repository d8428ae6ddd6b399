/** The published code that a program trains: bundle.ts puts it in the place of `client`. */
declare module 'client';
declare module 'client/*';
