/** Where a function in a tab asks for the database. */

/** No host has this name (RFC 2606): only the page answers it. */
export const TAB_SQL = 'https://database.invalid/sql';

/** The environment of a function that is granted the database. */
export const TAB_STORE_VARIABLES = {
  DATABASE_URL: 'postgresql://tab:tab@database.invalid/course',
  SQL_ENDPOINT: TAB_SQL,
} as const;
