/** The OpenAPI document, made from what requests, answers and routes say of themselves. */
@NullMarked
package liandong.openapi;

import org.jspecify.annotations.NullMarked;
