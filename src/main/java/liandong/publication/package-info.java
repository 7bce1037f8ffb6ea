/** How a policy goes live: proposed, checked, approved, published, gone back from; and which one is live. */
@NullMarked
package liandong.publication;

import org.jspecify.annotations.NullMarked;
