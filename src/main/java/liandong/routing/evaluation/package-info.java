/** How well routing finds what texts are about, measured on texts that others have labelled. */
@NullMarked
package liandong.routing.evaluation;

import org.jspecify.annotations.NullMarked;
