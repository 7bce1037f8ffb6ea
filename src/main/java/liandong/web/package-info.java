/** The REST face: thin wrappers that read a request, ask the desk, and write its answer. */
@NullMarked
package liandong.web;

import org.jspecify.annotations.NullMarked;
