/** The REST face: thin wrappers that read a request, have it decided, and write the answer. */
@NullMarked
package liandong.web;

import org.jspecify.annotations.NullMarked;
