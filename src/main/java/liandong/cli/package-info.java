/** The command line: {@code route}, {@code evaluate}, {@code explain}, {@code score}, {@code check}, {@code format}. Asks and prints; knows no policy. */
@NullMarked
package liandong.cli;

import org.jspecify.annotations.NullMarked;
