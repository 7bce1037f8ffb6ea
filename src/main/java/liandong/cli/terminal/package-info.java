/** What every command shares: terminal, options, progress, input files, how a command fails. */
@NullMarked
package liandong.cli.terminal;

import org.jspecify.annotations.NullMarked;
