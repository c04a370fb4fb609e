/**
 * The file in each account's folder that holds an AccountRecord. By itself, so that a process that only needs the
 * name does not load the schemas.
 */
export const ACCOUNT_FILE = 'shoebox-account.json';
