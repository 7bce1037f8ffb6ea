/** Every answer given, kept before it leaves, in hash chains that show what was modified or deleted (存档). */
@NullMarked
package liandong.journal;

import org.jspecify.annotations.NullMarked;
