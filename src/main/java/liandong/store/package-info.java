/** The database that policies, decisions and keys are kept in: SQLite in a file, or PostgreSQL. */
@NullMarked
package liandong.store;

import org.jspecify.annotations.NullMarked;
