/** Every answer given, kept before it leaves, in hash chains that show what was changed or taken away (存档). */
@NullMarked
package liandong.journal;

import org.jspecify.annotations.NullMarked;
