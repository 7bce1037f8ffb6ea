/** What a policy means beside another: which facts the two treat differently. Knows no decision; may use whatever decides. */
@NullMarked
package liandong.meaning;

import org.jspecify.annotations.NullMarked;
