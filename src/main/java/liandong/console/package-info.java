/** The console: web pages for policy staff, testers, duty officers and auditors; the same services as the REST face asks. */
@NullMarked
package liandong.console;

import org.jspecify.annotations.NullMarked;
