/** What is decided, told to those who want to know it: from the journal to receivers of webhooks. */
@NullMarked
package liandong.outbox;

import org.jspecify.annotations.NullMarked;
